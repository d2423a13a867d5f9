import { type Needs, type RuleFacts, type SumKey, WITHIN_HOURS } from '~/lib/approvals/conditions';
import type { SumOf, SumWithin } from '~/lib/approvals/rule-words';
import type { Tx } from '~/lib/db';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { isTo, spelled } from '~/lib/withdrawals/destinations';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

export type Paying = Pick<
  Withdrawal,
  'requestedById' | 'destinationKind' | 'destination' | 'asset' | 'beneficiaryName'
> & { wallet: Pick<AssetWallet, 'id' | 'kind' | 'pattern' | 'customerId' | 'termsId'> };

/** So many earlier requests to a destination are looked through for the name that they bear. */
const NAMES_READ = 20;

type Row = Partial<Record<SumKey, bigint | null>> & {
  since: Date | null;
  named: { name: string; at: string }[] | null;
  customerSince: Date | null;
  terms: string | null;
};

/**
 * What the rules need to know of a withdrawal that is being asked for, and nothing else, in one statement: under locks
 * that others wait for, each round trip counts.
 */
export async function payoutFacts(tx: Tx, paying: Paying, amount: bigint, needs: Needs): Promise<RuleFacts> {
  const at = new Date();
  const { kind, pattern } = paying.wallet;
  const columns = [
    ...needs.sums.map((key) => Prisma.sql`${sumOf(paying, key)} AS ${Prisma.raw(key)}`),
    ...(needs.paid ? [Prisma.sql`${firstPaid(paying)} AS since`] : []),
    ...(needs.named ? [Prisma.sql`${namesOf(paying)} AS named`] : []),
    ...(needs.customer
      ? [
          Prisma.sql`(SELECT c.created_at FROM customers c WHERE c.id = ${paying.wallet.customerId}::uuid) AS "customerSince"`,
        ]
      : []),
  ];
  if (needs.terms)
    columns.push(
      Prisma.sql`(SELECT t.name FROM wallet_terms t WHERE t.id = ${paying.wallet.termsId}::uuid) AS terms`,
    );
  const [row] =
    columns.length === 0 ? [] : await tx.$queryRaw<Partial<Row>[]>`SELECT ${Prisma.join(columns)}`;
  const { since = null, named = null, customerSince = null, terms, ...sums }: Partial<Row> = row ?? {};
  const names = (named ?? []).map((each) => ({ name: each.name, at: new Date(each.at) }));
  const now = paying.beneficiaryName === null ? [] : [{ name: paying.beneficiaryName, at }];
  return {
    ...{
      at,
      asset: paying.asset,
      amount,
      sums,
      wallet: { kind, pattern, ...(terms !== undefined && { terms }) },
    },
    beneficiary: { since, changedAt: changedAt([...names, ...now]) },
    customer: customerSince && { since: customerSince },
  };
}

/**
 * What was asked for before; each way of counting reads an index of its own. What ended without a payment isn't counted. A
 * house wallet has no customer, and so no sum of one.
 */
function sumOf(paying: Paying, key: SumKey): Prisma.Sql {
  const [of, within] = key.split('_') as [SumOf, SumWithin];
  const { requestedById, wallet, asset } = paying;
  if (of === 'customer' && wallet.customerId === null) return Prisma.sql`NULL::bigint`;
  const whose: Record<SumOf, Prisma.Sql> = {
    requester: isAskedByOne(requestedById),
    wallet: Prisma.sql`d.wallet_id = ${wallet.id}::uuid`,
    beneficiary: isTo(paying),
    customer: Prisma.sql`d.wallet_id IN (SELECT c.id FROM wallets c WHERE c.customer_id = ${wallet.customerId}::uuid)`,
  };
  return Prisma.sql`(SELECT coalesce(sum(d.amount), 0)::bigint FROM withdrawals d
    WHERE ${whose[of]} AND d.asset = ${asset} AND d.created_at > now() - make_interval(hours => ${WITHIN_HOURS[within]})
      AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected'))`;
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
function namesOf(to: Paying): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_agg(jsonb_build_object('name', e.beneficiary_name, 'at', e.created_at) ORDER BY e.created_at)
    FROM (SELECT d.beneficiary_name, d.created_at FROM withdrawals d
      WHERE ${isTo(to)} AND d.beneficiary_name IS NOT NULL
        AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')
      ORDER BY d.created_at DESC LIMIT ${NAMES_READ}) e)`;
}

/** When the name last became another one; in the order of time. */
export function changedAt(named: readonly { name: string; at: Date }[]): Date | null {
  return (
    named.filter(({ name }, nth) => nth > 0 && spelled(named[nth - 1]?.name ?? '') !== spelled(name)).at(-1)
      ?.at ?? null
  );
}
