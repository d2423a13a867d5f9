import { db } from '~/lib/db';
import type { Reader } from '~/lib/people/sight';
import type { Candidate } from '~/lib/whereabouts/candidates';
import { type Match, matchesOf } from '~/lib/whereabouts/evidence';
import type { VerdictWord } from '~/lib/whereabouts/verdict';

/** Of each wallet so many of its latest payments are looked at, however many it has, and so many days back. */
const LOOKED_AT = 200;
const MOST_WALLETS = 200;
const DAYS = '30 days';
const SHOWN = 12;

const WENT_WRONG: readonly VerdictWord[] = [
  ...(['suspense', 'returned', 'refused', 'failed', 'came_back'] as const),
  ...(['came_back_suspense', 'not_sent', 'unexplained'] as const),
];
const ENDED_WELL: readonly VerdictWord[] = ['credited', 'paid', 'platform'];

export type PaymentsOfCustomer = {
  /** What isn't over: what waits here, at the rail or at a bank. */
  onTheWay: Match[];
  /** What failed, came back or arrived where it could not be credited. */
  wentWrong: Match[];
};

/**
 * A customer's payments of the last month that somebody who calls may mean, the latest first, each with where its money
 * is and why: those on their way and those that went wrong. Personal data of the other side as the reader sees it.
 */
export async function paymentsOfCustomer(reader: Reader, customerId: string): Promise<PaymentsOfCustomer> {
  const matches = await matchesOf((await unsettled(customerId)).map(candidate), reader);
  return {
    onTheWay: matches.filter(
      ({ verdict: { word } }) => !WENT_WRONG.includes(word) && !ENDED_WELL.includes(word),
    ),
    wentWrong: matches.filter(({ verdict: { word } }) => WENT_WRONG.includes(word)),
  };
}

/** Where the money of these payments is, by what each is of: a withdrawal's own id, or its transfer's. */
export async function whereTheyAre(
  reader: Reader,
  payments: readonly Omit<Candidate, 'fit'>[],
): Promise<Map<string, Match>> {
  const matches = await matchesOf(payments.map(candidate), reader);
  return new Map(matches.map((match) => [match.id, match]));
}

const candidate = (payment: Omit<Candidate, 'fit'>): Candidate => ({
  ...payment,
  fit: { how: 'same', differs: [] },
});

function unsettled(customerId: string): Promise<Omit<Candidate, 'fit'>[]> {
  return db().$queryRaw`
    WITH mine AS MATERIALIZED (
      SELECT w.id FROM wallets w WHERE w.customer_id = ${customerId}::uuid ORDER BY w.created_at DESC LIMIT ${MOST_WALLETS})
    SELECT kind, id, at FROM (
      SELECT 'withdrawal' AS kind, d.id::text AS id, d.created_at AS at
      FROM mine m CROSS JOIN LATERAL (
        SELECT * FROM withdrawals x WHERE x.wallet_id = m.id AND x.created_at > now() - ${DAYS}::interval
        ORDER BY x.created_at DESC, x.id DESC LIMIT ${LOOKED_AT}) d
      WHERE d.status NOT IN ('succeeded', 'cancelled')
      UNION ALL
      SELECT 'transfer', f.id, f.transacted_at
      FROM mine m CROSS JOIN LATERAL (
        SELECT * FROM transfers x WHERE x.wallet_id = m.id AND x.transacted_at > now() - ${DAYS}::interval
        ORDER BY x.transacted_at DESC, x.id DESC LIMIT ${LOOKED_AT}) f
      WHERE f.direction = 'inbound' AND (f.state <> 'succeeded' OR f.suspense_reason IS NOT NULL)) payment
    ORDER BY at DESC, id LIMIT ${SHOWN}`;
}
