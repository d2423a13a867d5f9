import { may } from '~/lib/actor';
import { listAdjustments } from '~/lib/adjustments/read';
import { listEntities } from '~/lib/entities/list';
import {
  adjustmentFound,
  depositFound,
  entityFound,
  type Found,
  walletFound,
  withdrawalFound,
} from '~/lib/find/found';
import { PERMITS, type Ref, thingOf } from '~/lib/find/things';
import { told } from '~/lib/find/told';
import { customersCalled, spellings } from '~/lib/people/called';
import { listCustomers } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { lineOf } from '~/lib/text';
import { listTransfers } from '~/lib/transfers/read';
import { listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';

/** So many of each kind. */
const EACH = 5;
const LEAST = 2;
const MOST_TEXT = 200;
/** So many ways in which a name that nobody has may be meant are tried. */
const MOST_SPELLINGS = 4;
/** So many of those that somebody opened last are told again. */
const MOST_AGAIN = 8;

/**
 * What somebody may mean by a few letters or digits, from anywhere: what is exactly it first. Numbers, keys, amounts and
 * ids are looked for among payments, words among people; only where no word is spelt so, what is nearly spelt so.
 */
export const find = late(foundFor);

async function foundFor(reader: Reader, typed: string): Promise<Found[]> {
  const text = lineOf(typed).slice(0, MOST_TEXT);
  if (text.length < LEAST) return [];
  const thing = await thingOf(text);
  if (thing) return told(reader, [thing].filter(permitted(reader)));
  const [people, money] = await Promise.all([peopleOf(reader, text), moneyOf(reader, text)]);
  const found = [...people, ...money];
  if (found.length > 0) return found;
  return nearly(reader, text);
}

/** Customers who are called nearly so: whoever types a name heard on the phone. */
async function nearly(reader: Reader, text: string): Promise<Found[]> {
  for (const spelt of await spellings(text, MOST_SPELLINGS)) {
    const found = await customersOf(reader, spelt);
    if (found.length > 0) return found;
  }
  return [];
}

const customers = (ids: readonly string[]) => ids.map((id): Ref => ({ kind: 'customer', id }));

/** What somebody opened before, each as it is now; what they may not see any more is left out. */
export async function findAgain(reader: Reader, refs: readonly Ref[]): Promise<Found[]> {
  return told(reader, refs.slice(0, MOST_AGAIN).filter(permitted(reader)));
}

const permitted =
  (reader: Reader) =>
  ({ kind }: Ref) => {
    const permission = PERMITS[kind];
    return permission === undefined || may(reader, permission);
  };

async function peopleOf(reader: Reader, text: string): Promise<Found[]> {
  const [customers, wallets, entities] = await Promise.all([
    customersOf(reader, text),
    listWallets(reader, { text, own: true }, EACH),
    listEntities(reader, { text }, EACH),
  ]);
  const [only, ...others] = customers;
  // Of one who is meant, what is theirs.
  const theirs =
    only && others.length === 0 && wallets.items.length === 0
      ? await listWallets(reader, { customerId: only.id }, EACH)
      : wallets;
  return [...customers, ...theirs.items.map(walletFound), ...entities.items.map(entityFound)];
}

/** Whose name begins so first, then who is found in any other way, the newest first. */
async function customersOf(reader: Reader, text: string): Promise<Found[]> {
  const [first, { items }] = await Promise.all([
    customersCalled(text, EACH),
    listCustomers(reader, { text }, EACH),
  ]);
  const ids = [...new Set([...first, ...items.map(({ id }) => id)])].slice(0, EACH);
  return told(reader, customers(ids));
}

/** Words alone are no payment's: the concepts of ten million are not what somebody means. */
async function moneyOf(reader: Reader, text: string): Promise<Found[]> {
  if (!/\p{Nd}/u.test(text)) return [];
  const [deposits, withdrawals, adjustments] = await Promise.all([
    listTransfers(reader, { text, direction: 'inbound' }, EACH),
    listWithdrawals(reader, { text }, EACH),
    listAdjustments(reader, { text }, EACH),
  ]);
  return [
    ...deposits.items.map(depositFound),
    ...withdrawals.items.map(withdrawalFound),
    ...adjustments.items.map(adjustmentFound),
  ];
}
