import {
  ArrowRight,
  Ban,
  CalendarX,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  Eye,
  FileSearch,
  HandCoins,
  Hourglass,
  Inbox,
  ListOrdered,
  Lock,
  LockOpen,
  type LucideIcon,
  OctagonX,
  Pause,
  PenLine,
  RotateCw,
  Send,
  Snowflake,
  Undo2,
  UserCheck,
  UserX,
} from 'lucide-react';
import type { Tone } from '~/components/ui/badge';

export type StatusLook = { tone: Tone; icon: LucideIcon };

const look = (tone: Tone, icon: LucideIcon): StatusLook => ({ tone, icon });

/** Every closed set of states, with tone and icon. The words are in `status.json` under the same keys. */
export const STATUS_LOOKS = {
  wallet: {
    opening: look('info', CircleDashed),
    open: look('success', CircleCheck),
    frozen: look('warning', Snowflake),
    closed: look('neutral', Lock),
  },
  withdrawal: {
    awaiting_approval: look('warning', Hourglass),
    queued: look('info', ListOrdered),
    submitting: look('info', Send),
    pending: look('info', Clock),
    succeeded: look('success', CircleCheck),
    failed: look('danger', CircleX),
    rejected: look('danger', OctagonX),
    returned: look('warning', Undo2),
    declined: look('neutral', UserX),
    cancelled: look('neutral', Ban),
    expired: look('neutral', CalendarX),
  },
  statement: {
    queued: look('info', ListOrdered),
    making: look('info', RotateCw),
    ready: look('success', CircleCheck),
    failed: look('danger', CircleX),
    expired: look('neutral', CalendarX),
  },
  batch: {
    draft: look('info', PenLine),
    holding: look('info', RotateCw),
    awaiting_approval: look('warning', Hourglass),
    approved: look('success', CircleCheck),
    declined: look('neutral', UserX),
    cancelled: look('neutral', Ban),
    expired: look('neutral', CalendarX),
    refused: look('danger', CircleX),
  },
  schedule: {
    active: look('info', Clock),
    ended: look('neutral', CircleCheck),
    cancelled: look('neutral', Ban),
  },
  adjustment: {
    awaiting_approval: look('warning', Hourglass),
    posted: look('success', CircleCheck),
    declined: look('neutral', UserX),
    cancelled: look('neutral', Ban),
  },
  hold: {
    active: look('warning', HandCoins),
    released: look('neutral', Undo2),
    captured: look('neutral', ArrowRight),
    expired: look('neutral', CalendarX),
  },
  transfer: {
    seen: look('neutral', Eye),
    pending: look('info', Clock),
    succeeded: look('success', CircleCheck),
    return_pending: look('warning', RotateCw),
    returned: look('warning', Undo2),
    failed: look('danger', CircleX),
    rejected: look('danger', OctagonX),
  },
  event: {
    received: look('info', Inbox),
    processed: look('success', CircleCheck),
    unhandled: look('neutral', Eye),
    retrying: look('warning', RotateCw),
    dead: look('danger', OctagonX),
  },
  onboarding: {
    pending: look('neutral', CircleDashed),
    in_progress: look('info', PenLine),
    submitted: look('info', FileSearch),
    approved: look('success', CircleCheck),
    rejected: look('danger', OctagonX),
    cancelled: look('neutral', Ban),
  },
  entity: {
    draft: look('neutral', PenLine),
    under_review: look('info', FileSearch),
    pending_signature: look('warning', Hourglass),
    canceled: look('neutral', Ban),
    waiting_initialization: look('info', CircleDashed),
    operational: look('success', CircleCheck),
    rejected: look('danger', OctagonX),
    paused: look('warning', Pause),
  },
  account: {
    active: look('success', CircleCheck),
    blocked: look('danger', Ban),
    closed: look('neutral', Lock),
  },
  accountNumber: {
    enabled: look('success', CircleCheck),
    disabled: look('neutral', Pause),
    blocked: look('danger', Ban),
    deleted: look('neutral', CircleX),
  },
  verification: {
    pending: look('info', Clock),
    succeeded: look('success', CircleCheck),
    failed: look('danger', CircleX),
  },
  suspense: {
    open: look('warning', Inbox),
    assigned: look('success', CircleCheck),
    returned: look('neutral', Undo2),
  },
  operator: {
    awaiting_approval: look('warning', Hourglass),
    active: look('success', UserCheck),
    disabled: look('neutral', UserX),
  },
  break: {
    open: look('danger', OctagonX),
    released: look('warning', LockOpen),
    cured: look('success', CircleCheck),
    accepted: look('neutral', UserCheck),
  },
  proof: {
    green: look('success', CircleCheck),
    amber: look('warning', Clock),
    red: look('danger', OctagonX),
    new: look('neutral', CircleDashed),
  },
  case: {
    open: look('info', CircleDot),
    overdue: look('danger', Hourglass),
    closed: look('neutral', CircleCheck),
  },
  key: {
    active: look('success', CircleDot),
    waiting: look('warning', Hourglass),
    refused: look('neutral', CircleX),
    expired: look('neutral', CalendarX),
    revoked: look('neutral', Ban),
  },
  endpoint: {
    on: look('success', CircleDot),
    failing: look('warning', RotateCw),
    off: look('neutral', Pause),
    gone: look('danger', Ban),
    dead: look('danger', OctagonX),
  },
  delivery: {
    waiting: look('info', Clock),
    retrying: look('warning', RotateCw),
    delivered: look('success', CircleCheck),
    given_up: look('danger', CircleX),
  },
} satisfies Record<string, Record<string, StatusLook>>;

export type StatusKind = keyof typeof STATUS_LOOKS;

/** Null for a word that we have no look for, such as a new one of Fintoc's. */
export function findLook(kind: StatusKind, status: string): StatusLook | null {
  const looks: Record<string, StatusLook> = STATUS_LOOKS[kind];
  return looks[status] ?? null;
}
