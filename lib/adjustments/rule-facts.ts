import { type Needs, type RuleFacts, type SumKey, WITHIN_HOURS } from '~/lib/approvals/conditions';
import { rulesInForce } from '~/lib/approvals/rule-in-force';
import type { SumOf, SumWithin } from '~/lib/approvals/rule-words';
import { type Judgement, judge, needsOfRules } from '~/lib/approvals/rules';
import type { Tx } from '~/lib/db';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { ruledWallet } from '~/lib/wallets/unless-ruled';
import { isAskedByOne } from '~/lib/withdrawals/rule-facts';
import { Prisma } from '~/prisma/generated/client';

type Side = Pick<AssetWallet, 'id' | 'kind' | 'pattern' | 'customerId' | 'termsId'>;

/** An adjustment that is being asked for. `exchangeId`: the exchange that it is a leg of. */
export type Adjusting = {
  requestedById: string;
  from: Side | null;
  to: Side | null;
  asset: string;
  amount: bigint;
  exchangeId?: string | undefined;
};

/** Whose it is for the rules: the wallet that gives, or that gets where none gives; the customer who gives, or else gets. */
const walletOf = ({ from, to }: Adjusting) => from ?? to;
const customerOf = ({ from, to }: Adjusting) => from?.customerId ?? to?.customerId ?? null;

/**
 * What the rules make of an adjustment. Its wallets are locked already; where a rule counts what was asked for before, who
 * asks and the customer are from here on, in the order in which withdrawals lock them: of two at once the second one counts
 * the first.
 */
export async function judgeAdjustment(tx: Tx, asked: Adjusting): Promise<Judgement> {
  const rules = await rulesInForce(tx, 'adjustment.post');
  const needs = needsOfRules(rules, asked.asset);
  if (needs.sums.length > 0) await lockSums(tx, asked, needs);
  return judge(rules, await factsOf(tx, asked, needs));
}

async function lockSums(tx: Tx, asked: Adjusting, { sums }: Needs): Promise<void> {
  const customerId = customerOf(asked);
  const locks = [
    Prisma.sql`lock_asker(${asked.requestedById}::uuid) IS NULL`,
    ...(customerId && sums.some((key) => key.startsWith('customer'))
      ? [Prisma.sql`pg_advisory_xact_lock(hashtext('monedero.asked.of'), hashtext(${customerId})) IS NULL`]
      : []),
  ];
  await tx.$queryRaw`SELECT ${Prisma.join(locks)}`;
}

async function factsOf(tx: Tx, asked: Adjusting, { sums }: Needs): Promise<RuleFacts> {
  const { asset, amount } = asked;
  const columns = sums.map((key) => Prisma.sql`${sumOf(asked, key)} AS ${Prisma.raw(key)}`);
  const [row] =
    columns.length === 0 ? [] : await tx.$queryRaw<RuleFacts['sums'][]>`SELECT ${Prisma.join(columns)}`;
  const ruled = walletOf(asked);
  return { at: new Date(), asset, amount, sums: row ?? {}, wallet: ruled && (await ruledWallet(tx, ruled)) };
}

/** What was asked for before and neither declined nor called off; of the other leg of the same exchange nothing. */
function sumOf(asked: Adjusting, key: SumKey): Prisma.Sql {
  const [of, within] = key.split('_') as [SumOf, SumWithin];
  const whose = whoseOf(of, asked);
  if (!whose) return Prisma.sql`NULL::bigint`;
  return Prisma.sql`(SELECT coalesce(sum(d.amount), 0)::bigint FROM adjustments d
    WHERE ${whose} AND d.asset = ${asked.asset} AND d.created_at > now() - make_interval(hours => ${WITHIN_HOURS[within]})
      AND d.status NOT IN ('declined', 'cancelled')
      AND (d.exchange_id IS NULL OR d.exchange_id IS DISTINCT FROM ${asked.exchangeId ?? null}::uuid))`;
}

/** Null where nothing adds up. */
function whoseOf(of: SumOf, asked: Adjusting): Prisma.Sql | null {
  const [wallet, customerId] = [walletOf(asked), customerOf(asked)];
  if (of === 'requester') return isAskedByOne(asked.requestedById);
  if (of === 'wallet' && wallet)
    return Prisma.sql`(d.from_wallet_id = ${wallet.id}::uuid OR (d.from_wallet_id IS NULL AND d.to_wallet_id = ${wallet.id}::uuid))`;
  if (of !== 'customer' || !customerId) return null;
  const theirs = Prisma.sql`(SELECT c.id FROM wallets c WHERE c.customer_id = ${customerId}::uuid)`;
  return Prisma.sql`(d.from_wallet_id IN ${theirs} OR (d.to_wallet_id IN ${theirs}
    AND NOT EXISTS (SELECT FROM wallets g WHERE g.id = d.from_wallet_id AND g.customer_id IS NOT NULL)))`;
}
