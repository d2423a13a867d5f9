import { type Needs, type RuleFacts, type SumKey, WITHIN_HOURS } from '~/lib/approvals/conditions';
import type { SumOf, SumWithin } from '~/lib/approvals/rule-words';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { isTo, spelled } from '~/lib/withdrawals/destinations';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

export type Paying = Pick<
  Withdrawal,
  'requestedById' | 'destinationKind' | 'destination' | 'asset' | 'beneficiaryName'
> & { wallet: Pick<AssetWallet, 'id' | 'kind' | 'pattern' | 'customerId' | 'termsId'> };

/** So many earlier requests to a destination are looked through for the name that they bear. */
export const NAMES_READ = 20;

/** What rules may have to know of a payout that is asked for, as PostgreSQL answers it; what none asks isn't there. */
export type RuleRow = Partial<Record<SumKey, string | null>> & {
  since?: Date | null;
  named?: { name: string; at: string }[];
  customerSince?: Date | null;
  terms?: string | null;
};

/** As columns of a statement that reads more, each after a comma. `but` is the payout itself. */
export function ruleColumns(paying: Paying, needs: Needs, but: string): Prisma.Sql {
  const { customerId, termsId } = paying.wallet;
  const columns = [
    ...needs.sums.map((key) => {
      const [of, within] = key.split('_') as [SumOf, SumWithin];
      return Prisma.sql`${askedSum(paying, of, WITHIN_HOURS[within], but)} AS ${Prisma.raw(key)}`;
    }),
    ...(needs.paid ? [Prisma.sql`${firstPaid(paying)} AS since`] : []),
    ...(needs.named ? [Prisma.sql`${namesOf(paying, but)} AS named`] : []),
    ...(needs.customer
      ? [
          Prisma.sql`(SELECT c.created_at FROM customers c WHERE c.id = ${customerId}::uuid) AS "customerSince"`,
        ]
      : []),
    ...(needs.terms
      ? [Prisma.sql`(SELECT t.name FROM wallet_terms t WHERE t.id = ${termsId}::uuid) AS terms`]
      : []),
  ];
  return columns.length === 0 ? Prisma.empty : Prisma.sql`, ${Prisma.join(columns)}`;
}

/** What the rules need to know of it, and nothing else. */
export function ruleFacts(row: RuleRow, paying: Paying, amount: bigint, needs: Needs): RuleFacts {
  const at = new Date();
  const { kind, pattern } = paying.wallet;
  const { since = null, named = [], customerSince = null, terms } = row;
  const names = named.map((each) => ({ name: each.name, at: new Date(each.at) }));
  const now = paying.beneficiaryName === null ? [] : [{ name: paying.beneficiaryName, at }];
  const sums = needs.sums.map((key) => {
    const sum = row[key] ?? null;
    return [key, sum === null ? null : BigInt(sum)] as const;
  });
  return {
    ...{ at, asset: paying.asset, amount, sums: Object.fromEntries(sums) },
    wallet: { kind, pattern, ...(terms !== undefined && { terms }) },
    beneficiary: { since, changedAt: changedAt([...names, ...now]) },
    customer: customerSince && { since: customerSince },
  };
}

/** What was asked for before, as text. What ended without a payment isn't counted; null where nothing adds up: a house has no customer. */
export function askedSum(paying: Paying, of: SumOf | 'key', hours: number, but: string): Prisma.Sql {
  const { requestedById, wallet, asset, destinationKind, destination } = paying;
  return Prisma.sql`asked_sum(${of}, ${hours}::int, ${requestedById}::uuid, ${wallet.id}::uuid, ${wallet.customerId}::uuid,
    ${destinationKind}::destination_kind, ${destination}, ${asset}, ${but}::uuid)::text`;
}

/** Of who asks, by themselves and by every key of theirs: who has n keys asks n times otherwise. */
export function isAskedByOne(requestedById: string): Prisma.Sql {
  return Prisma.sql`d.requested_by_id = ANY (ARRAY(SELECT asking_as_one(${requestedById}::uuid)))`;
}

function firstPaid(to: Paying): Prisma.Sql {
  return Prisma.sql`(SELECT d.created_at FROM withdrawals d WHERE ${isTo(to)} AND d.status = 'succeeded'
    ORDER BY d.created_at LIMIT 1)`;
}

/** The latest names, in the order of time. */
function namesOf({ destinationKind, destination }: Paying, but: string): Prisma.Sql {
  return Prisma.sql`asked_names(${destinationKind}::destination_kind, ${destination}, ${NAMES_READ}::int, ${but}::uuid)`;
}

/** When the name last became another one; in the order of time. */
export function changedAt(named: readonly { name: string; at: Date }[]): Date | null {
  return (
    named.filter(({ name }, nth) => nth > 0 && spelled(named[nth - 1]?.name ?? '') !== spelled(name)).at(-1)
      ?.at ?? null
  );
}
