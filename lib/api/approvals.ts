import { z } from 'zod';
import { type IdKind, publicId, uuidOf } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  anyOf,
  BY_TIME,
  byId,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  railId,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { TOLD_ACTIONS } from '~/lib/approvals/actions';
import { getApproval, listApprovals } from '~/lib/approvals/asked';
import type { Approval as Row } from '~/prisma/generated/client';
import { ApprovalState } from '~/prisma/generated/enums';

const tag = 'Approvals';
const STATES = Object.values(ApprovalState);

const Approval = z
  .strictObject({
    id: idText('approval'),
    object: z.literal('approval'),
    action: z.enum(TOLD_ACTIONS),
    subject_id: z.string().meta({ description: 'What it is about.' }),
    status: z.enum(STATES),
    asked_by: z.string(),
    reason: z.string(),
    asked_at: timeText,
    expires_at: timeText.nullable(),
    ended_at: timeText.nullable(),
  })
  .meta({ id: 'Approval', description: 'What was asked for and a person decides on, in the console.' });

function showApproval(row: Row): z.input<typeof Approval> {
  return {
    id: publicId('approval', row.id),
    object: 'approval',
    action: row.action as (typeof TOLD_ACTIONS)[number],
    subject_id: subjectOf(row),
    status: row.state,
    asked_by: row.askedByName,
    reason: row.reason,
    asked_at: time(row.askedAt),
    expires_at: timeOrNull(row.expiresAt),
    ended_at: timeOrNull(row.endedAt),
  };
}

/** What they are about, but for deposits, which have the rail's id. */
const SUBJECTS = [
  ...(['withdrawal', 'withdrawal_batch', 'adjustment', 'wallet', 'customer', 'portfolio'] as const),
] satisfies IdKind[];

function subjectOf({ subjectType, subjectId }: Row): string {
  const kind = SUBJECTS.find((each) => each === subjectType);
  return kind ? publicId(kind, subjectId) : subjectId;
}

const subject = railId.transform(
  (id) => SUBJECTS.map((kind) => uuidOf(kind, id)).find((uuid) => uuid !== null) ?? id,
);

const list = operation({
  id: 'listApprovals',
  method: 'GET',
  path: '/approvals',
  tag,
  summary:
    'What moves money, or what a rule has a person decide on first, while it waits and once it ended. The newest first.',
  scope: 'approvals:read',
  params: NONE,
  query: z.strictObject({
    status: anyOf(z.enum(STATES)),
    action: anyOf(z.enum(TOLD_ACTIONS)),
    subject_id: subject.optional(),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Approval).meta({ id: 'ApprovalList' }),
  async run({ query: { limit, status: state, action = TOLD_ACTIONS, subject_id: subjectId, cursor } }) {
    return pageOf(await listApprovals({ state, action, subjectId, cursor }, limit), showApproval);
  },
});

const get = operation({
  id: 'getApproval',
  method: 'GET',
  path: '/approvals/{id}',
  tag,
  summary: 'One approval.',
  scope: 'approvals:read',
  params: byId('approval'),
  query: NONE,
  body: null,
  status: 200,
  answer: Approval,
  run: async ({ params }) => showApproval(await getApproval(params.id, TOLD_ACTIONS)),
});

export const approvals = { list, get };
