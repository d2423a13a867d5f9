import type { Search } from '~/lib/search/page';
import { anyOf, isAmount, isTrackingKey, like, ownSearch, saysWords, type Typed } from '~/lib/search/typed';
import { isWalletNamed, walletsNamed } from '~/lib/wallet-search';
import { Prisma } from '~/prisma/generated/client';
import type { AdjustmentStatus, TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

type MoneyFilter = {
  /** Any of these. */
  asset?: string[] | undefined;
  text?: string | undefined;
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
};

type PaymentFilter = MoneyFilter & {
  /** Banks of the other side, by the first digits of its CLABE. */
  banks?: string[] | undefined;
  /** False for who sees people's numbers: others find by the whole one only, not out by its beginnings. */
  wholeOnly?: boolean;
};

/** `from` and `to` are of when it was asked for. */
export type WithdrawalFilter = PaymentFilter & {
  status?: WithdrawalStatus[] | undefined;
  walletId?: string | undefined;
  /** Of its last change of state. */
  changedSince?: Date | undefined;
};

type Condition = Prisma.Sql | null | false | undefined | '';

/** What a withdrawal `d` has to meet, beside the search. */
export function withdrawalConditions(filter: WithdrawalFilter): Condition[] {
  const { status, walletId, changedSince, banks } = filter;
  return [
    status && Prisma.sql`d.status = ANY (${status}::withdrawal_status[])`,
    walletId && Prisma.sql`d.wallet_id = ${walletId}::uuid`,
    changedSince && Prisma.sql`d.updated_at >= ${changedSince}`,
    banks && Prisma.sql`clabe_bank(d.beneficiary_number) = ANY (${banks})`,
    ...moneyConditions(filter, { of: Prisma.sql`d`, at: Prisma.sql`d.created_at` }),
  ];
}

export function withdrawalSearch(typed: Typed, wholeOnly: boolean): Search {
  const own = withdrawalRows(typed, wholeOnly);
  const key = isTrackingKey(Prisma.sql`f.tracking_key`, typed);
  return {
    found: [
      ...own.found,
      ...(key
        ? [Prisma.sql`SELECT d.id FROM transfers f JOIN withdrawals d ON d.transfer_id = f.id WHERE ${key}`]
        : []),
      Prisma.sql`SELECT d.id FROM (${walletsNamed(typed)}) w JOIN withdrawals d ON d.wallet_id = w.id`,
    ],
    matches: anyOf([
      own.matches,
      key && Prisma.sql`EXISTS (SELECT 1 FROM transfers f WHERE f.id = d.transfer_id AND ${key})`,
      isWalletNamed(Prisma.sql`d.wallet_id`, typed),
    ]),
  };
}

/** Withdrawals `d` by what stands in them. */
export function withdrawalRows(typed: Typed, wholeOnly: boolean): Search {
  const { code, whole, uuid, banks } = typed;
  return ownSearch(Prisma.sql`withdrawals d`, Prisma.sql`d.id`, [
    saysWords(Prisma.sql`d.search_text`, typed),
    ...numbersOf(Prisma.sql`d.beneficiary_number`, typed, wholeOnly),
    code !== '' && Prisma.sql`d.reference_id = ${code}`,
    Prisma.sql`d.transfer_id = ${whole}`,
    uuid !== null && Prisma.sql`d.id = ${uuid}::uuid`,
    isAmount(Prisma.sql`d.asset`, Prisma.sql`d.amount`, typed),
    banks.length > 0 && Prisma.sql`clabe_bank(d.beneficiary_number) = ANY (${banks})`,
  ]);
}

/** `from` and `to` are of when Fintoc says that it happened. */
export type TransferFilter = PaymentFilter & {
  direction?: 'inbound' | 'outbound' | undefined;
  state?: TransferState[] | undefined;
  suspenseReason?: string[] | undefined;
};

/** What a transfer `f` has to meet, beside the search. */
export function transferConditions(filter: TransferFilter): Condition[] {
  const { direction, state, suspenseReason, banks } = filter;
  return [
    direction && Prisma.sql`f.direction = ${direction}::direction`,
    state && Prisma.sql`f.state = ANY (${state}::transfer_state[])`,
    suspenseReason && Prisma.sql`f.suspense_reason = ANY (${suspenseReason})`,
    banks && Prisma.sql`clabe_bank(f.counterparty_number) = ANY (${banks})`,
    ...moneyConditions(filter, { of: Prisma.sql`f`, at: Prisma.sql`f.transacted_at` }),
  ];
}

export function transferSearch(typed: Typed, wholeOnly: boolean): Search {
  const own = transferRows(typed, wholeOnly);
  return {
    found: [
      ...own.found,
      Prisma.sql`SELECT f.id FROM (${walletsNamed(typed)}) w JOIN transfers f ON f.wallet_id = w.id`,
    ],
    matches: anyOf([own.matches, isWalletNamed(Prisma.sql`f.wallet_id`, typed)]),
  };
}

/** Transfers `f` by what stands in them. */
export function transferRows(typed: Typed, wholeOnly: boolean): Search {
  const { code, whole, banks } = typed;
  const own = ownSearch(Prisma.sql`transfers f`, Prisma.sql`f.id`, [
    saysWords(Prisma.sql`f.search_text`, typed),
    ...numbersOf(Prisma.sql`f.counterparty_number`, typed, wholeOnly),
    isTrackingKey(Prisma.sql`f.tracking_key`, typed),
    code !== '' && Prisma.sql`f.reference_id = ${code}`,
    code !== '' && Prisma.sql`(f.account_number = ${code} AND f.account_number_id IS NULL)`,
    Prisma.sql`f.id = ${whole}`,
    isAmount(Prisma.sql`f.asset`, Prisma.sql`f.amount`, typed),
    banks.length > 0 && Prisma.sql`clabe_bank(f.counterparty_number) = ANY (${banks})`,
  ]);
  if (!isClabe(code)) return own;
  const numbers = Prisma.sql`SELECT n.id FROM account_numbers n WHERE n.number = ${code}`;
  return {
    found: [...own.found, Prisma.sql`SELECT f.id FROM transfers f WHERE f.account_number_id IN (${numbers})`],
    matches: anyOf([own.matches, Prisma.sql`f.account_number_id IN (${numbers})`]),
  };
}

/** Somebody else's number: whole; its beginning only for who sees it. */
function numbersOf(number: Prisma.Sql, { code }: Typed, wholeOnly: boolean): Prisma.Sql[] {
  if (code.length < LEAST_DIGITS || !/^\d+$/.test(code)) return [];
  return [wholeOnly ? Prisma.sql`${number} = ${code}` : Prisma.sql`${number} LIKE ${`${like(code)}%`}`];
}

const LEAST_DIGITS = 3;
const isClabe = (code: string) => /^\d{18}$/.test(code);

/** `from` and `to` are of when it was asked for. */
export type AdjustmentFilter = MoneyFilter & {
  status?: AdjustmentStatus[] | undefined;
  /** One of its sides. */
  walletId?: string | undefined;
};

/** What an adjustment `j` has to meet, beside the search. */
export function adjustmentConditions(filter: AdjustmentFilter): Condition[] {
  const { status, walletId } = filter;
  return [
    status && Prisma.sql`j.status = ANY (${status}::adjustment_status[])`,
    walletId && Prisma.sql`(j.from_wallet_id = ${walletId}::uuid OR j.to_wallet_id = ${walletId}::uuid)`,
    ...moneyConditions(filter, { of: Prisma.sql`j`, at: Prisma.sql`j.created_at` }),
  ];
}

export function adjustmentSearch(typed: Typed): Search {
  const { whole, uuid } = typed;
  const own = ownSearch(Prisma.sql`adjustments j`, Prisma.sql`j.id`, [
    saysWords(Prisma.sql`j.search_text`, typed),
    Prisma.sql`j.account_id = ${whole}`,
    Prisma.sql`j.break_id = ${whole}`,
    uuid !== null && Prisma.sql`j.id = ${uuid}::uuid`,
    isAmount(Prisma.sql`j.asset`, Prisma.sql`j.amount`, typed),
  ]);
  return {
    found: [
      ...own.found,
      Prisma.sql`SELECT j.id FROM (${walletsNamed(typed)}) w JOIN adjustments j ON j.from_wallet_id = w.id`,
      Prisma.sql`SELECT j.id FROM (${walletsNamed(typed)}) w JOIN adjustments j ON j.to_wallet_id = w.id`,
    ],
    matches: anyOf([
      own.matches,
      isWalletNamed(Prisma.sql`j.from_wallet_id`, typed),
      isWalletNamed(Prisma.sql`j.to_wallet_id`, typed),
    ]),
  };
}

function moneyConditions(
  { asset, minAmount, maxAmount, from, to }: MoneyFilter,
  { of, at }: { of: Prisma.Sql; at: Prisma.Sql },
): Condition[] {
  return [
    asset && Prisma.sql`${of}.asset = ANY (${asset})`,
    minAmount !== undefined && Prisma.sql`${of}.amount >= ${minAmount}`,
    maxAmount !== undefined && Prisma.sql`${of}.amount <= ${maxAmount}`,
    from && Prisma.sql`${at} >= ${from}`,
    to && Prisma.sql`${at} < ${to}`,
  ];
}
