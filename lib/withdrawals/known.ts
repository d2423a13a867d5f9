/**
 * What a payout that is asked for rests on, read by two statements before anything is locked: the wallet and the rules
 * first, and once its rail has said to whom it goes, what is known of that beneficiary. ask_withdrawal looks again at all
 * of it that may not change until the payout is written.
 */
import type { Needs } from '~/lib/approvals/conditions';
import { rulesColumn } from '~/lib/approvals/rule-in-force';
import type { KeptRule } from '~/lib/approvals/rules';
import { partsRequestId } from '~/lib/batches/parts';
import { type Queryable, statement } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { type Fingerprint, uuidFrom } from '~/lib/once';
import { isUuid } from '~/lib/uuid';
import { isNumberOf } from '~/lib/wallets/account-numbers';
import { type AssetWallet, HELD, statusIn } from '~/lib/wallets/asset-wallets';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { askedSum, type Paying, type RuleRow, ruleColumns } from '~/lib/withdrawals/rule-facts';
import { type Asset, Prisma, type WalletAsset, type WalletTerms } from '~/prisma/generated/client';

const ACTION = 'withdrawal.pay';

/** A wallet in an asset, as far as a payout rests on it. Its version is another once anything of it or its assets is. */
export type PayingWallet = Pick<
  AssetWallet,
  'id' | 'kind' | 'status' | 'houseRole' | 'frozenDirection' | 'customerId' | 'portfolioId'
> &
  Pick<AssetWallet, 'asset' | 'termsId' | 'rail' | 'pattern' | 'accountId'> & { version: string };

/** How a request stands before its beneficiary is looked at. */
export type Known = {
  /** The id of the withdrawal that it would be. */
  id: string;
  /** What was asked under its id before, and made of it; null: nothing. */
  before: (Fingerprint & { madeId: string | null }) | null;
  /** Whether a payout in parts was. */
  wasInParts: boolean;
  /** The transfer that paid it already, as Fintoc says and these books don't know; null: none. */
  paidBy: string | null;
  wallet: PayingWallet | 'none' | 'of_another_asset';
  movable: Pick<Asset, 'code' | 'enabled' | 'maxAmount'>;
  /** What the wallet has available. */
  funds: bigint;
  /** Whether its portfolio is limited as a whole. */
  isPooled: boolean;
  rules: KeptRule[];
};

type Row = Pick<Known, 'before' | 'wasInParts' | 'paidBy' | 'isPooled' | 'rules'> &
  PayingWallet & { isThere: boolean; isHeld: boolean; state: WalletAsset['state'] } & {
    enabled: boolean;
    maxAmount: string;
    funds: string;
  };

/** Throws `not_found` where there is no such wallet, and `invalid` where nobody can say which of its assets is meant. */
export async function readKnown(client: Queryable, input: NewWithdrawal): Promise<Known> {
  const { walletId, requestId } = input;
  if (!isUuid(walletId)) throw notFound('wallet', walletId);
  const asset = input.asset ?? (await paidOutOf(client, walletId));
  const id = uuidFrom(`withdrawal ${requestId}`);
  const { text, values } = Prisma.sql`
    SELECT w.id IS NOT NULL AS "isThere", a.asset IS NOT NULL AS "isHeld", w.xmin::text AS version, w.id::text, w.kind::text, w.status::text, w.house_role AS "houseRole",
      w.frozen_direction AS "frozenDirection", w.customer_id::text AS "customerId", w.portfolio_id::text AS "portfolioId",
      a.asset, a.state::text, a.terms_id::text AS "termsId", a.rail, a.pattern::text, a.account_id AS "accountId",
      s.enabled, s.max_amount::text AS "maxAmount",
      coalesce((SELECT b.balance FROM ledger_accounts b
        WHERE b.owner_id = w.id::text AND b.bucket = 'available' AND b.asset = a.asset), 0)::text AS funds,
      EXISTS (SELECT FROM portfolio_caps c WHERE c.portfolio_id = w.portfolio_id AND c.asset = a.asset) AS "isPooled",
      (SELECT jsonb_build_object('act', o.act, 'askedBy', o.asked_by, 'contentHash', o.content_hash, 'madeId', o.made_id)
        FROM once_requests o WHERE o.id = ${requestId}) AS before,
      EXISTS (SELECT FROM once_requests o WHERE o.id = ${partsRequestId(requestId)}) AS "wasInParts",
      (SELECT t.id FROM unexplained_payouts u JOIN transfers t ON t.id = u.transfer_id
        WHERE t.marked_withdrawal_id = ${id}::uuid LIMIT 1) AS "paidBy",
      ${rulesColumn(ACTION)} AS rules
    FROM (SELECT ${walletId}::uuid AS wallet_id) asked
    LEFT JOIN wallets w ON w.id = asked.wallet_id
    LEFT JOIN wallet_assets a ON a.wallet_id = w.id AND a.asset = ${asset} AND a.state <> 'cancelled'
    LEFT JOIN assets s ON s.code = a.asset`;
  const [row] = await statement<Row>(client, text, values);
  if (!row) throw new Error('One row is always answered.');
  return { ...knownOf(row), id };
}

function knownOf(row: Row): Omit<Known, 'id'> {
  const { before, wasInParts, paidBy, isPooled, rules, ...found } = row;
  const { isThere, isHeld, state, enabled, maxAmount, funds, ...wallet } = found;
  return {
    ...{ before, wasInParts, paidBy, isPooled, rules },
    wallet: isHeld ? { ...wallet, status: statusIn(wallet, state) } : isThere ? 'of_another_asset' : 'none',
    movable: { code: wallet.asset, enabled, maxAmount: BigInt(maxAmount ?? 0) },
    funds: BigInt(funds),
  };
}

/** Throws `not_found` where there is no such wallet, and `invalid` where it doesn't hold the asset. */
export function walletOf({ wallet }: Known, walletId: string): PayingWallet {
  if (wallet === 'none') throw notFound('wallet', walletId);
  if (wallet === 'of_another_asset') throw new InvalidInputError({ walletId: 'of_another_asset' });
  return wallet;
}

/** The asset of a wallet that has one on a rail, or one at all. Throws `invalid` where somebody has to say which. */
async function paidOutOf(client: Queryable, walletId: string): Promise<string> {
  const held = await client.walletAsset.findMany({
    where: { walletId, ...HELD },
    select: { asset: true, rail: true },
  });
  const onRails = held.filter(({ rail }) => rail !== null);
  const [only, another] = onRails.length > 0 ? onRails : held;
  if (!only) throw notFound('wallet', walletId);
  if (another) throw new InvalidInputError({ asset: 'required' });
  return only.asset;
}

const termsKept = new Map<string, WalletTerms>();
const MOST_TERMS_KEPT = 1_000;

/** Read once: terms never change, as PostgreSQL holds; what changes is which ones a wallet is under. */
export async function termsOf(client: Queryable, { termsId: id }: PayingWallet): Promise<WalletTerms> {
  const kept = termsKept.get(id);
  if (kept) return kept;
  const terms = await client.walletTerms.findUniqueOrThrow({ where: { id } });
  if (termsKept.size >= MOST_TERMS_KEPT) termsKept.clear();
  termsKept.set(id, terms);
  return terms;
}

/** What is known of whom it goes to, and of what was asked for before. */
export type KnownTo = {
  /** Why nobody is paid there; null: somebody is. */
  blockedFor: string | null;
  isOwn: boolean;
  wasPaid: boolean;
  /** The latest of the same within a day. */
  twin: string | null;
  /** What the key asked for within a day; read where it may ask for so much. */
  ofKey: string | null;
} & RuleRow;

type AskedOf = { id: string; amount: bigint; rail: string; needs: Needs; isKeyLimited: boolean };

export async function readKnownTo(client: Queryable, paying: Paying, asked: AskedOf): Promise<KnownTo> {
  const { wallet, asset, destinationKind, destination } = paying;
  const { id, amount, rail, needs, isKeyLimited } = asked;
  const { text, values } = Prisma.sql`
    SELECT (SELECT b.reason FROM blocked_beneficiaries b
        WHERE b.destination = ${destination} AND b.destination_kind = ${destinationKind}::destination_kind) AS "blockedFor",
      ${isNumberOf(rail, destination, wallet.id)} AS "isOwn",
      EXISTS (SELECT FROM withdrawals d WHERE d.destination = ${destination}
        AND d.destination_kind = ${destinationKind}::destination_kind AND d.status = 'succeeded') AS "wasPaid",
      asked_twin(${wallet.id}::uuid, ${asset}, ${destinationKind}::destination_kind, ${destination}, ${amount.toString()}::bigint,
        ${DAY_HOURS}::int)::text AS twin,
      ${isKeyLimited ? askedSum(paying, 'key', DAY_HOURS, id) : Prisma.sql`NULL`} AS "ofKey"
      ${ruleColumns(paying, needs, id)}`;
  const [row] = await statement<KnownTo>(client, text, values);
  if (!row) throw new Error('One row is always answered.');
  return row;
}
