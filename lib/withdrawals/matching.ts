import { calledSo } from '~/lib/banks';
import { joinedDestination } from '~/lib/rails/destination';
import { institutions } from '~/lib/rails/registry';
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
import { checkTaxId } from '~/lib/tax-id';
import { isWalletNamed, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

/** `from` and `to` are of when it was asked for. */
export type WithdrawalFilter = PaymentFilter & {
  status?: WithdrawalStatus[] | undefined;
  walletId?: string | undefined;
  /** Of its last change of state. */
  changedSince?: Date | undefined;
};

/** What a withdrawal `d` has to meet, beside the search. */
export function withdrawalConditions(filter: WithdrawalFilter): Condition[] {
  const { status, walletId, changedSince, banks } = filter;
  return [
    status && Prisma.sql`d.status = ANY (${status}::withdrawal_status[])`,
    walletId && Prisma.sql`d.wallet_id = ${walletId}::uuid`,
    changedSince && Prisma.sql`d.updated_at >= ${changedSince}`,
    banks && Prisma.sql`destination_bank(d.destination) = ANY (${banks})`,
    ...moneyConditions(filter, { of: Prisma.sql`d`, at: Prisma.sql`d.created_at` }),
  ];
}

export function withdrawalSearch(typed: Typed, wholeOnly: boolean): Search {
  const words = saysSeenWords(PAYOUT_SAYS, typed, wholeOnly);
  const own = anyOf(hasOf(typed, wholeOnly));
  const key = isTrackingKey(Prisma.sql`f.tracking_key`, typed);
  return {
    own,
    said: { words, at: Prisma.sql`d.created_at` },
    elsewhere: [
      ...(key
        ? [
            {
              ids: Prisma.sql`SELECT f.id FROM transfers f WHERE ${key}`,
              columns: [Prisma.sql`d.transfer_id`],
            },
          ]
        : []),
      { ids: walletsNamed(typed), columns: [Prisma.sql`d.wallet_id`] },
    ],
    matches: anyOf([
      words,
      own,
      key && Prisma.sql`(SELECT ${key} FROM transfers f WHERE f.id = d.transfer_id)`,
      isWalletNamed(Prisma.sql`d.wallet_id`, typed),
    ]),
  };
}

/** The words of a withdrawal `d`. */
export const PAYOUT_SAYS: Sayings = {
  text: Prisma.sql`d.search_text`,
  of: [Prisma.sql`d.beneficiary_name`, Prisma.sql`d.comment`],
};

/** The number of a card or a phone, whichever its bank is. */
function atAnyBank(number: string): string[] {
  return institutions()
    .filter(({ kinds }) => kinds.includes('card'))
    .map(({ id: bank }) => joinedDestination({ bank, number }));
}

/** Of an account in Chile: its number, as `numbersOf` finds others, or its holder's RUT. */
function isTefOf(typed: Typed, wholeOnly: boolean): Condition[] {
  const rut = checkTaxId('cl', typed.whole);
  return [
    ...numbersOf(Prisma.sql`split_part(d.destination, '/', 4)`, typed, wholeOnly).map(
      (isNumber) => Prisma.sql`(d.destination_kind = 'tef' AND ${isNumber})`,
    ),
    rut.ok && Prisma.sql`d.destination LIKE ${`${rut.normalized}/%`}`,
  ];
}

/** The banks that are called so, as `destination_bank` has them. */
function banksOf({ whole, banks }: Typed): string[] {
  const chilean = institutions().filter(({ kinds }) => kinds.includes('tef'));
  return [
    ...banks,
    ...calledSo(
      chilean.map(({ id: code, name }) => ({ code, name })),
      whole,
    ),
  ];
}

/** Whether a withdrawal `d` is found by what stands in it. */
export function isWithdrawalOf(typed: Typed, wholeOnly: boolean): Prisma.Sql {
  return anyOf([saysSeenWords(PAYOUT_SAYS, typed, wholeOnly), ...hasOf(typed, wholeOnly)]);
}

/** All of it but the words. */
function hasOf(typed: Typed, wholeOnly: boolean): Condition[] {
  const { code, whole, uuid } = typed;
  const banks = banksOf(typed);
  return [
    ...numbersOf(Prisma.sql`d.destination`, typed, wholeOnly),
    /^(\d{10}|\d{16})$/.test(code) && Prisma.sql`d.destination = ANY (${atAnyBank(code)})`,
    ...isTefOf(typed, wholeOnly),
    code !== '' && Prisma.sql`d.reference_id = ${code}`,
    Prisma.sql`d.transfer_id = ${whole}`,
    uuid !== null && Prisma.sql`d.id = ${uuid}::uuid`,
    isAmount(Prisma.sql`d.asset`, Prisma.sql`d.amount`, typed),
    banks.length > 0 && Prisma.sql`destination_bank(d.destination) = ANY (${banks})`,
  ];
}
