const PAGES: Record<string, string> = {
  customer: '/customers',
  wallet: '/wallets',
  entity: '/entities',
  account_number: '/account-numbers',
  withdrawal: '/withdrawals',
  adjustment: '/adjustments',
  transfer: '/deposits',
  inbox_event: '/inbox',
  proof_break: '/proof/breaks',
  case: '/cases',
};

/** The page of the thing that an audit row is about; null where there is none. */
export function subjectHref(subjectType: string, subjectId: string): string | null {
  if (subjectType === 'standstill') return '/proof/restored';
  const page = PAGES[subjectType];
  return page ? `${page}/${encodeURIComponent(subjectId)}` : null;
}
