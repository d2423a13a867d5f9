import type { NoticeKind } from '~/lib/notices/kinds';

/** What of an event a notice says: never a name, a number of an account or an amount. */
export type Said = { detail: string | null; count: number | null; path: string };

type Told = { type: string; subjectId: string; data: unknown };

/** What the table of an alarm or an approval knows beside its event. */
export type Known = { path?: string | undefined; action?: string | undefined };

/** What is said of an event, and which page shows it. Pure. */
export function saidOf(kind: NoticeKind, { type, subjectId, data }: Told, known: Known): Said {
  const facts = (data ?? {}) as Record<string, unknown>;
  const id = encodeURIComponent(subjectId);
  switch (kind) {
    case 'proof_broken':
      return said(`/proof/breaks/${id}`);
    case 'payouts_stopped':
      return type === 'standstill.opened' ? said('/proof/restored', 'standstill') : said('/cash', 'stop');
    case 'approval_waiting':
      return said('/approvals', known.action ?? null);
    case 'kyb_decided':
      return said(`/entities/${id}`, type === 'onboarding.approved' ? 'approved' : 'rejected');
    case 'limit_used':
      return said(facts.portfolioId ? `/customers/${id}` : `/wallets/${id}`, String(facts.percent));
    case 'statement_ready':
      return said('/statements', type === 'statement.ready' ? 'ready' : 'failed');
    case 'statements_ended':
      return said(facts.walletId ? `/wallets/${id}` : `/customers/${id}`, String(facts.outcome));
    case 'cash_short':
      return said(known.path ?? '/cash');
    case 'dead_letters':
    case 'withdrawals_failing':
      return { ...said(known.path ?? '/'), count: typeof facts.count === 'number' ? facts.count : null };
  }
}

function said(path: string, detail: string | null = null): Said {
  return { path, detail, count: null };
}
