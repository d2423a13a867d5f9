import { adjustmentRows } from '~/lib/adjustments/read';
import { listCases } from '~/lib/cases/read';
import { listEntities } from '~/lib/entities/list';
import {
  adjustmentFound,
  bareFound,
  caseFound,
  customerFound,
  depositFound,
  entityFound,
  type Found,
  holdFound,
  walletFound,
  withdrawalFound,
} from '~/lib/find/found';
import type { Ref, ThingKind } from '~/lib/find/things';
import { getHold } from '~/lib/holds/read';
import { type CustomerRow, listCustomers } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { listTransfers } from '~/lib/transfers/read';
import { balancesOfCustomers, standingOfCustomers } from '~/lib/wallets/of-customer';
import { listWallets } from '~/lib/wallets/wallets';
import { withdrawalRows } from '~/lib/withdrawals/read';

type Told = (reader: Reader, ids: string[]) => Promise<Found[]>;

/** What has more to tell than its id; an id that nothing has is left out. */
const TOLD: Partial<Record<ThingKind, Told>> = {
  customer: async (reader, ids) => customersTold((await listCustomers(reader, { ids }, ids.length)).items),
  wallet: async (reader, ids) => (await listWallets(reader, { ids }, ids.length)).items.map(walletFound),
  deposit: async (reader, ids) => (await listTransfers(reader, { ids }, ids.length)).items.map(depositFound),
  withdrawal: async (reader, ids) => (await withdrawalRows(reader, ids)).map(withdrawalFound),
  adjustment: async (reader, ids) => (await adjustmentRows(reader, ids)).map(adjustmentFound),
  entity: (reader, ids) =>
    each(ids, async (text) => (await listEntities(reader, { text }, 1)).items.map(entityFound)),
  case: (_, ids) => each(ids, async (text) => (await listCases({ text }, 1)).items.map(caseFound)),
  hold: (reader, ids) => each(ids, async (id) => [holdFound(await getHold(reader, id))]),
};

/** Each thing with what is told of it as it is now, in this order. */
export async function told(reader: Reader, refs: readonly Ref[]): Promise<Found[]> {
  const kinds = [...new Set(refs.map(({ kind }) => kind))];
  const found = await Promise.all(
    kinds.map((kind) => {
      const of = refs.filter((ref) => ref.kind === kind);
      const ids = of.map(({ id }) => id);
      return TOLD[kind]?.(reader, ids) ?? of.map((ref) => ({ ...bareFound(ref), detail: ref.id }));
    }),
  );
  const all = new Map(found.flat().map((one) => [`${one.kind} ${one.id}`, one]));
  return refs.flatMap(({ kind, id }) => all.get(`${kind} ${id}`) ?? []);
}

/** Customers with what they have and what is out of the ordinary. */
async function customersTold(customers: readonly CustomerRow[]): Promise<Found[]> {
  const ids = customers.map(({ id }) => id);
  const [balances, standings] = await Promise.all([balancesOfCustomers(ids), standingOfCustomers(ids)]);
  return customers.map((customer) =>
    customerFound(customer, balances.get(customer.id), standings.get(customer.id)),
  );
}

async function each(ids: string[], read: (id: string) => Promise<Found[]>): Promise<Found[]> {
  return (await Promise.all(ids.map(read))).flat();
}
