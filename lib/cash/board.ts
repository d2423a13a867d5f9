import { wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { operatorNames } from '~/lib/people/operator-names';
import type { Reader } from '~/lib/people/sight';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';
import type { PayoutStop } from '~/prisma/generated/client';

/** The days whose payouts say what an ordinary day takes, and whose settlements say that there will be one tonight. */
const LOOK_BACK_DAYS = 7;

type Counted = {
  id: string;
  asset: string;
  /** What stands in the account, by the books. */
  cash: bigint;
  /** Accepted by the rail and not final. */
  inTransit: bigint;
  /** Let out and not accepted yet. */
  going: bigint;
  goingCount: number;
  /** Asked for, and waiting for a second person. */
  asked: bigint;
  askedCount: number;
  /** What was paid out on an ordinary day. */
  perDay: bigint;
  isSettled: boolean;
};

/** What is missing, now and for tomorrow. Amounts in the asset's smallest unit. */
export type Forecast = {
  /** What is let out and not covered. */
  shortfall: bigint;
  /** What covers that and what waits for a second person. */
  topUp: bigint;
  /** What the rail's daily settlement takes tonight; null where none was seen lately. */
  sweep: bigint | null;
  /** What has to come in tomorrow, for what isn't paid by then and for an ordinary day; null where nothing is taken. */
  funding: bigint | null;
};

export type CashAccount = Counted & Forecast & NamedAccount & { stop: StopShown | null };
export type StopShown = Pick<PayoutStop, 'id' | 'cause' | 'reason' | 'stoppedAt'> & {
  stoppedBy: string | null;
  /** Who said that it may go on, of the two that it takes. */
  resumes: { operatorId: string; operatorName: string; at: Date }[];
};

/** Whether each account can pay what has to leave it, the ones that lack the most first. */
export async function cashBoard(
  reader: Reader,
): Promise<{ accounts: CashAccount[]; stop: StopShown | null }> {
  const [rows, stops] = await Promise.all([countAccounts(), openStops()]);
  const named = await namedAccounts(
    reader,
    rows.map(({ id }) => id),
  );
  const accounts = rows
    .map((row) => ({
      ...{ ...row, ...named(row.id) },
      ...forecast(row),
      stop: stops.get(row.id) ?? null,
    }))
    .sort((one, other) => Number(other.topUp > one.topUp) - Number(one.topUp > other.topUp));
  return { accounts, stop: stops.get('') ?? null };
}

/** Pure: what follows from what stands in an account and has to leave it. */
export function forecast(of: Pick<Counted, 'cash' | 'going' | 'asked' | 'perDay' | 'isSettled'>): Forecast {
  const { cash, going, asked, perDay, isSettled } = of;
  const left = atLeastZero(cash - going);
  return {
    shortfall: atLeastZero(going - cash),
    topUp: atLeastZero(going + asked - cash),
    sweep: isSettled ? left : null,
    funding: isSettled ? asked + perDay + atLeastZero(going - cash) : null,
  };
}

const atLeastZero = (amount: bigint) => (amount > 0n ? amount : 0n);

function countAccounts(): Promise<Counted[]> {
  return db().$queryRaw<Counted[]>`
    WITH out AS (
      SELECT d.account_id,
        coalesce(sum(d.amount) FILTER (WHERE d.status IN ('queued', 'submitting')), 0)::bigint AS going,
        count(*) FILTER (WHERE d.status IN ('queued', 'submitting'))::int AS going_count,
        coalesce(sum(d.amount) FILTER (WHERE d.status = 'awaiting_approval'), 0)::bigint AS asked,
        count(*) FILTER (WHERE d.status = 'awaiting_approval')::int AS asked_count
      FROM withdrawals d WHERE d.status IN ('queued', 'submitting', 'awaiting_approval') GROUP BY d.account_id),
    past AS (
      SELECT f.account_id, bool_or(f.purpose = 'settlement') AS is_settled,
        (coalesce(sum(f.amount) FILTER (WHERE coalesce(f.purpose, '') NOT IN ('settlement', 'move')), 0) / ${LOOK_BACK_DAYS})::bigint AS per_day
      FROM transfers f
      WHERE f.direction = 'outbound' AND f.state = 'succeeded'
        AND f.transacted_at > now() - make_interval(days => ${LOOK_BACK_DAYS})
      GROUP BY f.account_id)
    SELECT a.id, a.asset,
      coalesce(c.balance, 0)::bigint AS cash, coalesce(t.balance, 0)::bigint AS "inTransit",
      coalesce(o.going, 0)::bigint AS going, coalesce(o.going_count, 0) AS "goingCount",
      coalesce(o.asked, 0)::bigint AS asked, coalesce(o.asked_count, 0) AS "askedCount",
      coalesce(p.per_day, 0)::bigint AS "perDay", coalesce(p.is_settled, false) AS "isSettled"
    FROM accounts a
    LEFT JOIN ledger_accounts c ON c.owner_id = a.id AND c.bucket = 'cash' AND c.asset = a.asset
    LEFT JOIN ledger_accounts t ON t.owner_id = a.id AND t.bucket = 'in_transit' AND t.asset = a.asset
    LEFT JOIN out o ON o.account_id = a.id LEFT JOIN past p ON p.account_id = a.id
    WHERE a.is_root OR c.balance <> 0 OR t.balance <> 0 OR o.account_id IS NOT NULL
    ORDER BY a.is_root DESC, c.balance DESC NULLS LAST, a.id LIMIT ${MOST_SHOWN}`;
}

const MOST_SHOWN = 200;

/** By account; under the empty name, of everything. */
async function openStops(): Promise<Map<string, StopShown>> {
  const open = await db().payoutStop.findMany({ where: { resumedAt: null } });
  const names = await operatorNames(open.flatMap(({ stoppedById }) => stoppedById ?? []));
  const told = await Promise.all(
    open.map(
      async ({ id, accountId, cause, reason, stoppedAt, stoppedById }): Promise<[string, StopShown]> => [
        accountId ?? '',
        {
          ...{ id, cause, reason, stoppedAt },
          stoppedBy: stoppedById ? (names.get(stoppedById) ?? null) : null,
          resumes: (await wordsOn('payouts.resume', id)).map(({ operatorId, operatorName, at }) => ({
            ...{ operatorId, operatorName, at },
          })),
        },
      ],
    ),
  );
  return new Map(told);
}
