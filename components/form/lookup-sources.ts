/** What can be looked up by typing: the address that answers, and the page on which one is made. */
export const LOOKUPS = {
  customers: { source: '/api/customers', madeOn: '/customers' },
  wallets: { source: '/api/wallets', madeOn: '/wallets' },
  portfolios: { source: '/api/portfolios', madeOn: '/customers' },
} as const;
export type LookupOf = keyof typeof LOOKUPS;
