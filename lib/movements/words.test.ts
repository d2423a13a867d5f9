import { beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransactions } from '~/lib/ledger/post';
import { fewWalletsNamed, isAbout } from '~/lib/movements/words';
import { type Typed, typedSearch } from '~/lib/search/typed';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someCustomer, someWallet } from '~/lib/testing/factories';
import type { Prisma } from '~/prisma/generated/client';

withTestDatabase();

let wallets: OpenWallet[] = [];

beforeAll(async () => {
  for (const name of ['Zoé Ibarra', 'Zoé Peña', 'Berta Ruiz']) {
    const wallet = await someWallet();
    const { id } = await someCustomer({ name });
    wallets = [...wallets, await renamed(wallet, id)];
  }
  await transaction((tx) =>
    postTransactions(
      tx,
      wallets.flatMap((wallet, nth) =>
        ['Renta de Zoé', 'Abono'].map((note) => ({
          cause: someCause(`words:${nth}:${note}`),
          kind: 'adjustment' as const,
          effectiveAt: new Date(),
          note,
          lines: [debit(cash('acc_1', 'MXN'), 100n), credit(walletAccount(wallet, 'available'), 100n)],
        })),
      ),
    ),
  );
});

async function renamed(wallet: OpenWallet, customerId: string): Promise<OpenWallet> {
  await db().wallet.update({ where: { id: wallet.id }, data: { customerId } });
  return wallet;
}

async function typed(text: string): Promise<Typed> {
  const read = await typedSearch(text);
  if (!read) throw new Error('Nothing was typed.');
  return read;
}

const about = (condition: Prisma.Sql) =>
  db()
    .$queryRaw`SELECT e.id FROM ledger_entries e WHERE e.wallet_id IS NOT NULL AND ${condition} ORDER BY e.id`;

describe('a movement is about what was typed', () => {
  it.each([
    ['zoe', 5],
    ['zoe ibarra', 2],
    ['berta', 2],
    ['abono', 3],
    ['nadie', 0],
  ])('%s, also where the wallets of the name are told to it', async (text, count) => {
    const read = await typed(text);
    const found = await about(isAbout(read, true));
    expect(found).toHaveLength(count);
    expect(await about(isAbout(read, true, await fewWalletsNamed(read)))).toEqual(found);
  });

  it('and then looks up neither its wallet nor its customer: a walk costs three rows for each', async () => {
    const read = await typed('zoe ibarra');
    const tables = async (condition: Prisma.Sql) => {
      const [plan] = await db().$queryRaw<{ 'QUERY PLAN': unknown }[]>`
        EXPLAIN (FORMAT JSON) SELECT ${condition} FROM ledger_entries e`;
      return new Set(JSON.stringify(plan).match(/(?<="Relation Name":")\w+/g));
    };
    expect(await tables(isAbout(read, true))).toEqual(
      new Set(['ledger_entries', 'ledger_transactions', 'wallets', 'customers', 'withdrawals', 'transfers']),
    );
    expect(await tables(isAbout(read, true, await fewWalletsNamed(read)))).toEqual(
      new Set(['ledger_entries', 'ledger_transactions', 'withdrawals', 'transfers']),
    );
  });
});
