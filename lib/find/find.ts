import { db } from '~/lib/db';
import { BY_ID, type ThingKind, typeOfId } from '~/lib/find/things';
import { listCustomers } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { lineOf } from '~/lib/text';
import { listTransfers } from '~/lib/transfers/read';
import { isUuid } from '~/lib/uuid';
import { listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';

export type FoundMoney = { amount: bigint; asset: string };

/** One thing that was meant, with what somebody wants to know of it before they open it. */
export type Found = {
  kind: ThingKind | 'customer' | 'wallet' | 'deposit' | 'withdrawal';
  id: string;
  /** What it is called; empty where its kind says it all. */
  name: string;
  /** A house wallet is called by what it is for. */
  houseRole: string | null;
  /** Whose it is, the other side, a tax id: what tells it from others of the same name. */
  detail: string;
  money: FoundMoney[];
  /** Its state, as the words of states know it. */
  status: { kind: 'wallet' | 'transfer' | 'withdrawal'; code: string } | null;
  at: Date | null;
};

/** So many of each kind. */
const EACH = 5;
const LEAST = 2;
/** How alike a name has to be where nothing is spelt so, as pg_trgm counts it. */
const ALIKE = 0.4;
const MOST_TEXT = 200;

/**
 * What somebody may mean by a few letters or digits, from anywhere: what is exactly it first. Numbers, keys, amounts and
 * ids are looked for among payments, words among people; only where no word is spelt so, what is nearly spelt so.
 */
export async function find(reader: Reader, typed: string): Promise<Found[]> {
  const text = lineOf(typed).slice(0, MOST_TEXT);
  if (text.length < LEAST) return [];
  const thing = await thingOf(reader, text);
  if (thing) return [thing];
  const [people, money] = await Promise.all([peopleOf(reader, text), moneyOf(reader, text)]);
  const found = [...people, ...money];
  return found.length > 0 ? found : nearly(reader, text);
}

/** The one thing whose id this is; null where nothing has it. */
async function thingOf(reader: Reader, text: string): Promise<Found | null> {
  const kinds = isUuid(text) ? Object.values(BY_ID.uuid) : [typeOfId(text)];
  for (const query of kinds) {
    const [row] = query ? await db().$queryRaw<{ id: string; kind: Found['kind'] }[]>(query(text)) : [];
    if (row) return (await told(reader, row)) ?? { ...bare(row.kind, row.id), detail: row.id };
  }
  return null;
}

async function told(
  reader: Reader,
  { kind, id }: { kind: Found['kind']; id: string },
): Promise<Found | undefined> {
  const ids = [id];
  if (kind === 'customer') return (await asFound((await listCustomers(reader, { ids })).items))[0];
  if (kind === 'wallet') return (await listWallets(reader, { ids })).items.map(walletFound)[0];
  return undefined;
}

function bare(kind: Found['kind'], id: string): Found {
  return { kind, id, name: '', houseRole: null, detail: '', money: [], status: null, at: null };
}

async function peopleOf(reader: Reader, text: string): Promise<Found[]> {
  const [customers, wallets] = await Promise.all([
    listCustomers(reader, { text }, EACH),
    listWallets(reader, { text }, EACH),
  ]);
  return [...(await asFound(customers.items)), ...wallets.items.map(walletFound)];
}

type Customers = Awaited<ReturnType<typeof listCustomers>>['items'];

async function asFound(customers: Customers): Promise<Found[]> {
  const money = await balancesOf(customers.map(({ id }) => id));
  return customers.map(({ id, name, taxId, createdAt }) => ({
    ...bare('customer', id),
    ...{ name, detail: textOf(taxId), money: money.get(id) ?? [], at: createdAt },
  }));
}

/** What these customers have in all their wallets. */
async function balancesOf(customerIds: string[]): Promise<Map<string, FoundMoney[]>> {
  const rows =
    customerIds.length === 0
      ? []
      : await db().$queryRaw<(FoundMoney & { customerId: string })[]>`
          SELECT w.customer_id::text AS "customerId", a.asset, sum(a.balance)::bigint AS amount
          FROM wallets w JOIN ledger_accounts a ON a.owner_id = w.id::text AND a.bucket = 'available'
          WHERE w.customer_id = ANY (${customerIds}::uuid[]) GROUP BY 1, 2 ORDER BY 2 DESC`;
  const money = new Map<string, FoundMoney[]>();
  for (const { customerId, ...held } of rows) money.set(customerId, [...(money.get(customerId) ?? []), held]);
  return money;
}

type Wallet = Awaited<ReturnType<typeof listWallets>>['items'][number];

function walletFound({ id, name, houseRole, customer, status, createdAt, assets }: Wallet): Found {
  return {
    ...bare('wallet', id),
    ...{ name, houseRole, detail: customer?.name ?? '', status: { kind: 'wallet', code: status } },
    money: assets.map(({ asset, balances }) => ({ asset, amount: balances.available })),
    at: createdAt,
  };
}

/** Words alone are no payment's: the concepts of ten million are not what somebody means. */
async function moneyOf(reader: Reader, text: string): Promise<Found[]> {
  if (!/\p{Nd}/u.test(text)) return [];
  const [deposits, withdrawals] = await Promise.all([
    listTransfers(reader, { text, direction: 'inbound' }, EACH),
    listWithdrawals(reader, { text }, EACH),
  ]);
  return [
    ...deposits.items.map(
      ({ id, counterpartyName, amount, asset, state, transactedAt }): Found => ({
        ...bare('deposit', id),
        name: counterpartyName ?? '',
        ...{ money: [{ amount, asset }], status: { kind: 'transfer', code: state }, at: transactedAt },
      }),
    ),
    ...withdrawals.items.map(
      ({ id, beneficiaryName, wallet, amount, asset, status, createdAt }): Found => ({
        ...bare('withdrawal', id),
        ...{ name: beneficiaryName ?? '', detail: wallet.customer?.name ?? '' },
        ...{ money: [{ amount, asset }], status: { kind: 'withdrawal', code: status }, at: createdAt },
      }),
    ),
  ];
}

/** Customers who are called nearly so: whoever types a name heard on the phone. */
async function nearly(reader: Reader, text: string): Promise<Found[]> {
  if (!/\p{L}{3}/u.test(text)) return [];
  const rows = await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true) AS set`;
    return tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM customers WHERE search_text % search_text(${text})
      ORDER BY similarity(search_text, search_text(${text})) DESC, id LIMIT ${EACH}`;
  });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const { items } = await listCustomers(reader, { ids }, EACH);
  return asFound(items.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)));
}
