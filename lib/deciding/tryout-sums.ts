import { type SumKey, WITHIN_HOURS } from '~/lib/approvals/conditions';
import type { SumOf, SumWithin } from '~/lib/approvals/rule-words';
import { Prisma } from '~/prisma/generated/client';

/** By whom what is asked for adds up, and how much of each counts. */
type Summed = Record<Exclude<SumOf, 'requester'> | 'counted', Prisma.Sql>;

/** Of withdrawals as d, their wallets as l, and the parts of what left in parts. */
export const PAYOUTS: Summed = {
  wallet: Prisma.sql`d.wallet_id`,
  beneficiary: Prisma.sql`d.destination_kind, d.destination`,
  customer: Prisma.sql`l.customer_id`,
  counted: Prisma.sql`CASE WHEN p.parts IS NOT NULL THEN coalesce(whole.counted, 0)
    WHEN d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected') THEN d.amount ELSE 0 END`,
};
/** Of adjustments as d, with the wallets that give and get as g and r. */
export const ADJUSTMENTS: Summed = {
  wallet: Prisma.sql`coalesce(d.from_wallet_id, d.to_wallet_id)`,
  beneficiary: Prisma.sql`d.id`,
  customer: Prisma.sql`coalesce(g.customer_id, r.customer_id)`,
  counted: Prisma.sql`CASE WHEN d.status NOT IN ('declined', 'cancelled') THEN d.amount ELSE 0 END`,
};
// A key's with its maker's: where others made secrets of it as well, a rule counts theirs too (asking_as_one).
const REQUESTER = Prisma.sql`coalesce((SELECT k.made_by_id FROM api_keys k WHERE k.id = d.requested_by_id), d.requested_by_id)`;

/** As window functions over the counted amounts, each before its own row. */
export function sumsBefore(keys: readonly SumKey[], { counted, ...by }: Summed): Prisma.Sql {
  const pairs = keys.map((key) => {
    const [of, within] = key.split('_') as [SumOf, SumWithin];
    const hours = Prisma.raw(String(WITHIN_HOURS[within]));
    const whose = of === 'requester' ? REQUESTER : by[of];
    const sum = Prisma.sql`coalesce(sum(${counted}) OVER (PARTITION BY ${whose}, d.asset ORDER BY d.created_at
      RANGE BETWEEN interval '${hours} hours' PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW), 0)`;
    const known = of === 'customer' ? Prisma.sql`CASE WHEN ${whose} IS NOT NULL THEN ${sum} END` : sum;
    return Prisma.sql`${key}::text, (${known})::text`;
  });
  return Prisma.sql`jsonb_build_object(${pairs.length > 0 ? Prisma.join(pairs) : Prisma.empty})`;
}
