import { moneyConditions, numbersOf, type PaymentFilter } from '~/lib/search/money';
import type { Search } from '~/lib/search/page';
import {
  anyOf,
  type Condition,
  isAmount,
  isTrackingKey,
  type Sayings,
  saysSeenWords,
  type Typed,
} from '~/lib/search/typed';
import { hasSharedKey } from '~/lib/transfers/shared-keys';
import { isWalletNamed, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';
import type { TransferState } from '~/prisma/generated/enums';

/** `from` and `to` are of when Fintoc says that it happened. */
export type TransferFilter = PaymentFilter & {
  ids?: readonly string[] | undefined;
  direction?: 'inbound' | 'outbound' | undefined;
  state?: TransferState[] | undefined;
  walletId?: string | undefined;
  suspenseReason?: string[] | undefined;
  /** Only deposits whose clave de rastreo others of the same bank and day have too. */
  sharesKey?: boolean | undefined;
};

/** What a transfer `f` has to meet, beside the search. */
export function transferConditions(filter: TransferFilter): Condition[] {
  const { ids, direction, state, walletId, suspenseReason, banks, sharesKey } = filter;
  return [
    ids && Prisma.sql`f.id = ANY (${[...ids]})`,
    direction && Prisma.sql`f.direction = ${direction}::direction`,
    // What came from another account of ours is no deposit.
    direction === 'inbound' && Prisma.sql`f.purpose IS DISTINCT FROM 'move'`,
    state && Prisma.sql`f.state = ANY (${state}::transfer_state[])`,
    walletId && Prisma.sql`f.wallet_id = ${walletId}::uuid`,
    suspenseReason && Prisma.sql`f.suspense_reason = ANY (${suspenseReason})`,
    banks && Prisma.sql`clabe_bank(f.counterparty_number) = ANY (${banks})`,
    sharesKey && hasSharedKey(Prisma.sql`f`),
    ...moneyConditions(filter, { of: Prisma.sql`f`, at: Prisma.sql`f.transacted_at` }),
  ];
}

export function transferSearch(typed: Typed, wholeOnly: boolean): Search {
  const words = saysSeenWords(SAID, typed, wholeOnly);
  const own = anyOf(hasOf(typed, wholeOnly));
  return {
    own,
    said: { words, at: Prisma.sql`f.transacted_at` },
    elsewhere: [{ ids: walletsNamed(typed), columns: [Prisma.sql`f.wallet_id`] }],
    matches: anyOf([words, own, isWalletNamed(Prisma.sql`f.wallet_id`, typed)]),
  };
}

const SAID: Sayings = {
  text: Prisma.sql`f.search_text`,
  of: [Prisma.sql`f.counterparty_name`, Prisma.sql`f.comment`],
};

/** Whether a transfer `f` is found by what stands in it, or by the whole CLABE that it came to. */
export function isTransferOf(typed: Typed, wholeOnly: boolean): Prisma.Sql {
  return anyOf([saysSeenWords(SAID, typed, wholeOnly), ...hasOf(typed, wholeOnly)]);
}

/** All of it but the words. */
function hasOf(typed: Typed, wholeOnly: boolean): Condition[] {
  const { code, whole, banks } = typed;
  return [
    ...numbersOf(Prisma.sql`f.counterparty_number`, typed, wholeOnly),
    isTrackingKey(Prisma.sql`f.tracking_key`, typed),
    code !== '' && Prisma.sql`f.reference_id = ${code}`,
    code !== '' && Prisma.sql`(f.account_number = ${code} AND f.account_number_id IS NULL)`,
    isClabe(code) &&
      Prisma.sql`f.account_number_id = ANY (ARRAY(SELECT n.id FROM account_numbers n WHERE n.number = ${code}))`,
    Prisma.sql`f.id = ${whole}`,
    isAmount(Prisma.sql`f.asset`, Prisma.sql`f.amount`, typed),
    banks.length > 0 && Prisma.sql`clabe_bank(f.counterparty_number) = ANY (${banks})`,
  ];
}

const isClabe = (code: string) => /^\d{18}$/.test(code);
