import { env, fintocMode } from '~/lib/env';
import { MAX_AMOUNT } from '~/lib/money';
import { SPEI_INSTITUTIONS, TEF_INSTITUTIONS } from '~/lib/rails/fintoc/destinations';
import type { RailFacts } from '~/lib/rails/rail-facts';
import { SPEI_MAX } from '~/lib/spei';

/** What is so of Fintoc in Mexico; each with the page of Fintoc's, or the rule of the network's, that says it. */
export function facts(): RailFacts {
  return {
    name: 'fintoc',
    label: 'Fintoc',
    mode: fintocMode(),
    timeZone: 'America/Mexico_City',
    // Banxico, SPEI's rules: a day of operation begins at 18:00 of the day before.
    payoutDay: { hoursBefore: 6 },
    assets: ['MXN', 'CLP'],
    // In Chile an account has one number only (Fintoc's data model).
    sharedAssets: ['MXN'],
    payouts: {
      // By SPEI: its page on creating a transfer.
      MXN: {
        ...{ destinations: ['clabe', 'card', 'phone'], institutions: SPEI_INSTITUTIONS },
        ...{ taxIds: 'mx', most: null },
      },
      // By TEF: so much at most by one transfer (Fintoc's data model).
      CLP: {
        ...{ destinations: ['tef'], institutions: TEF_INSTITUTIONS },
        ...{ taxIds: 'cl', most: 7_000_000n, timeZone: 'America/Santiago' },
      },
    },
    // Its page on account verifications: one centavo from the root account, to a CLABE.
    verifies: { asset: 'MXN', amount: 1n, destinations: ['clabe'] },
    writing: 'spei',
    // The last: its account and account number pages.
    text: { comment: SPEI_MAX, name: SPEI_MAX, description: 40 },
    // Its amounts are JSON numbers.
    maxAmount: MAX_AMOUNT,
    // guides/home/api-rate-limits: ten, unless agreed otherwise.
    callsPerSecond: env().FINTOC_TRANSFERS_PER_SECOND,
    keyLifeMs: KEY_LIFE_MS,
    // Its page on returning an inbound transfer: Mexico, whole amounts only.
    returnDays: { MXN: 90 },
    movementsPerPage: PAGE_LIMIT,
    signatureHeader: 'fintoc-signature',
  };
}

/** Fintoc may forget an idempotency key after 24 h; within 23 h the same key is surely the same request. */
export const KEY_LIFE_MS = 23 * 3_600_000;

/** So many a page of a list holds; one that holds fewer is its end. */
export const PAGE_LIMIT = 100;
