import type { Route } from 'next';
import { to } from '~/components/ui/to';

const PAGES: Record<string, (id: string) => Route> = {
  customer: (id) => to(`/customers/${id}`),
  wallet: (id) => to(`/wallets/${id}`),
  entity: (id) => to(`/entities/${id}`),
  account_number: (id) => to(`/account-numbers/${id}`),
  withdrawal: (id) => to(`/withdrawals/${id}`),
  withdrawal_batch: (id) => to(`/withdrawals/batches/${id}`),
  adjustment: (id) => to(`/adjustments/${id}`),
  hold: (id) => to(`/holds/${id}`),
  transfer: (id) => to(`/deposits/${id}`),
  inbox_event: (id) => to(`/inbox/${id}`),
  proof_break: (id) => to(`/proof/breaks/${id}`),
  case: (id) => to(`/cases/${id}`),
  role: () => to('/settings/roles'),
  schedule: () => to('/withdrawals/scheduled'),
  payout_stop: () => to('/cash'),
  standstill: () => to('/proof/restored'),
};

/** The page of the thing that an audit row is about; null where there is none. */
export function subjectHref(subjectType: string, subjectId: string): Route | null {
  return PAGES[subjectType]?.(encodeURIComponent(subjectId)) ?? null;
}
