import { db } from '~/lib/db';
import { createCustomer } from '~/lib/people/customers';
import { openedCustomers } from '~/lib/people/kept';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { type Company, type Purse, requestId } from '~/prisma/company/company';
import { type Person, someBusiness, someIndividual, somePayer } from '~/prisma/company/people';
import type { Dice } from '~/scripts/chaos/dice';

const AT_ONCE = 25;
/** So many open wallets beside each other, few at a time: each opens its own one after the other. */
const OPENERS = 5;
const OPENED_EACH = 3;
const BUSINESSES = 0.16;
/** Of many on one day, so often it is told. */
const TOLD_EVERY = 100;
/** Some sign up and never open a wallet. */
const WITH_WALLET = 0.6;
/** Of the businesses, those that have an account of their own under the platform's name. */
const OWN_ACCOUNT = 0.02;

/** So many sign up, and most get a wallet with a CLABE. */
export async function signUp(company: Company, count: number): Promise<void> {
  for (let left = count; left > 0; left -= AT_ONCE) {
    await signUpSome(company, Math.min(left, AT_ONCE));
    const done = count - left + AT_ONCE;
    if (done % TOLD_EVERY === 0) process.stdout.write(`  ${done} of the first ${count} customers\n`);
  }
}

async function signUpSome(company: Company, count: number): Promise<void> {
  const { dice, said } = company;
  const people = Array.from({ length: count }, () => {
    said.customers += 1;
    return dice.chance(BUSINESSES)
      ? someBusiness(dice, said.customers)
      : someIndividual(dice, said.customers);
  });
  const wanted = people.map((person) => ({
    person,
    id: requestId('customer'),
    pattern: dice.chance(WITH_WALLET)
      ? person.kind === 'business' && dice.chance(OWN_ACCOUNT)
        ? ('B' as const)
        : ('A' as const)
      : null,
  }));
  company.world.show({ customers: said.customers });
  const opened = await Promise.all(wanted.map((one) => register(company, one)));
  await openAll();
  const walletIds = opened.flatMap((wallet) => wallet ?? []);
  company.purses.push(...(await pursesOf(dice, walletIds)));
}

type Wanted = { person: Person; id: string; pattern: 'A' | 'B' | null };

async function register({ staff }: Company, { person, id, pattern }: Wanted): Promise<string | null> {
  const { walletName: name, ...facts } = person;
  const customer = await createCustomer(staff.operator, { ...facts, requestId: id });
  if (!pattern) return null;
  const wallet = await openWallet(staff.operator, {
    ...{ customerId: customer.id, pattern, name, asset: 'MXN', requestId: `${id}-wallet` },
  });
  return wallet.id;
}

async function openAll(): Promise<void> {
  const due = () =>
    db().walletAsset.count({ where: { state: 'opening', openingAttempts: 0, openingError: null } });
  while ((await due()) > 0) {
    // Each takes what no other has; most of the time is Fintoc's.
    await Promise.all(Array.from({ length: OPENERS }, () => advanceOpenings(OPENED_EACH)));
  }
}

/** Wallets that are open, with a life of their own. */
export async function pursesOf(dice: Dice, walletIds: string[]): Promise<Purse[]> {
  const rows = await db().walletAsset.findMany({
    where: { walletId: { in: walletIds }, state: 'open', accountNumberId: { not: null } },
    include: { accountNumber: true, wallet: { include: { customer: true } } },
    orderBy: { wallet: { requestId: 'asc' } },
  });
  const owners = await openedCustomers(
    db(),
    rows.flatMap(({ wallet: { customer } }) => customer ?? []),
  );
  const ownerOf = new Map(owners.map((customer) => [customer.id, customer]));
  return rows.flatMap(({ walletId, asset, accountId, accountNumber, wallet: { customerId } }) => {
    const customer = ownerOf.get(customerId ?? '');
    if (!accountId || !accountNumber || !customer) return [];
    const { kind } = customer;
    const own = { ...somePayer(dice, 'person'), name: customer.name, taxId: customer.taxId };
    const payers =
      kind === 'business'
        ? [...Array.from({ length: 4 }, () => somePayer(dice, 'person')), somePayer(dice, 'firm')]
        : [somePayer(dice, 'firm'), own, somePayer(dice, 'person')];
    const others = Array.from({ length: dice.int(1, 3) }, () =>
      somePayer(dice, dice.chance(0.5) ? 'firm' : 'person'),
    );
    return {
      ...{ walletId, customerId: customer.id, numberId: accountNumber.id, number: accountNumber.number },
      ...{ accountId, asset: asset as Purse['asset'], kind, owner: customer.name, balance: 0 },
      ...{ payers, payees: [own, ...others] },
    };
  });
}
