import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, StaleRead } from '~/lib/db';
import { toTransfer } from '~/lib/rails/fintoc/translate';
import { expectSoundBooks } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocTransfer } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';
import { applySightings } from '~/lib/transfers/apply';
import { fromColumns } from '~/lib/transfers/columns';
import { newRow, readRows, type Sighting, writeChanges } from '~/lib/transfers/records';

withTestDatabase();

let wallet: OpenWallet;
let sighting: Sighting;

beforeAll(async () => {
  wallet = await someWallet();
});

beforeEach(() => {
  const { accountId, numberId, number } = wallet;
  const transfer = toTransfer(fintocTransfer({ accountId, numberId, number }));
  sighting = { transfer, origin: 'webhook', saidAt: new Date() };
});

afterEach(expectSoundBooks);

async function readAnd(somebodyElse: () => Promise<unknown>) {
  const rows = await readRows(db(), [sighting]);
  await somebodyElse();
  return writeChanges(db(), {
    transfers: rows.transfers.length > 0 ? rows.transfers : [newRow(sighting)],
    wallets: rows.wallets,
    withdrawals: [],
    moved: [],
    postings: [],
    told: [],
  });
}

describe('a batch that rests on rows of which one is another by now', () => {
  it('is refused when its wallet was frozen', async () => {
    const freeze = () => db().wallet.update({ where: { id: wallet.id }, data: { status: 'frozen' } });
    await expect(readAnd(freeze)).rejects.toThrow(StaleRead);
    expect(await db().transfer.count({ where: { id: sighting.transfer.id } })).toBe(0);
    await db().wallet.update({ where: { id: wallet.id }, data: { status: 'open' } });
  });

  it('is refused when its new transfer was taken in', async () => {
    await expect(readAnd(() => applySightings(db(), [sighting]))).rejects.toThrow(StaleRead);
  });

  it('is refused when its transfer moved on', async () => {
    await applySightings(db(), [sighting]);
    const returned = {
      ...sighting,
      transfer: { ...sighting.transfer, status: 'returned', word: 'returned' as const },
    };
    await expect(readAnd(() => applySightings(db(), [returned]))).rejects.toThrow(StaleRead);
    expect(await db().transfer.findUnique({ where: { id: sighting.transfer.id } })).toMatchObject({
      state: 'returned',
    });
  });

  it('is written when nothing changed', async () => {
    await readAnd(async () => {});
    expect(await db().transfer.count({ where: { id: sighting.transfer.id } })).toBe(1);
  });
});

describe('the engine posts through the ledger’s one door', () => {
  const account = (code: string) => ({
    ...{ code, asset: 'MXN', side: 'debit' as const, bucket: 'cash' as const },
    ...{ ownerId: null, nonNegative: false, walletId: null },
  });
  const posted = (source: string, amounts: [bigint, bigint]) =>
    writeChanges(db(), {
      ...{ transfers: [], wallets: [], withdrawals: [], told: [], moved: [] },
      postings: [
        {
          ...{ cause: someCause(source), kind: 'adjustment', effectiveAt: new Date() },
          lines: amounts.map((amount, nth) => ({ account: account(`door/${nth}`), amount })),
        },
      ],
    });

  it.each([
    ['does not add up', [5n, -4n], 'transfer:door:test: MXN is off by 1.'],
    ['posts nothing', [0n, 0n], 'transfer:door:test: 0 is not an amount'],
    ['is too large for a float', [2n ** 53n, -(2n ** 53n)], 'is not an amount'],
  ] as const)('which names a posting that %s', async (_what, [one, other], message) => {
    await expect(posted('door', [one, other])).rejects.toThrow(message);
    expect(await db().ledgerTransaction.count({ where: { causeId: 'door' } })).toBe(0);
  });

  it('which takes one that is sound', async () => {
    await posted('door', [5n, -5n]);
    expect(await db().ledgerTransaction.count({ where: { causeId: 'door' } })).toBe(1);
  });

  it('and reads amounts as they are, or not at all', async () => {
    await applySightings(db(), [sighting]);
    const { id } = sighting.transfer;
    const amount = 2n ** 53n + 1n;
    await tamper('UPDATE transfers SET amount = $1 WHERE id = $2', [amount, id]);
    expect((await readRows(db(), [sighting])).transfers).toMatchObject([{ id, amount }]);
    await tamper('UPDATE transfers SET amount = 10000 WHERE id = $1', [id]);
    expect(() => fromColumns({ id, amount: 10_000 })).toThrow('amount came as number');
  });

  it('and gets every bigint that these tables have as text, also one that is added', async () => {
    await applySightings(db(), [sighting]);
    await fundWallet(wallet, 50_000n);
    const { id } = await someSentWithdrawal(wallet, await someOperator());
    const read = await db().$queryRaw<{ column: string; type: string }[]>`
      SELECT c.table_name || '.' || c.column_name AS column, jsonb_typeof(r.row->c.column_name) AS type
      FROM transfer_context(ARRAY[${sighting.transfer.id}]::text[], '{}', '{}', '{}', ARRAY[${id}]::uuid[], '{}', false) t
      CROSS JOIN LATERAL (SELECT 'transfers', jsonb_array_elements(t.transfers)
        UNION ALL SELECT 'withdrawals', jsonb_array_elements(t.withdrawals)) r(name, row)
      JOIN information_schema.columns c ON c.table_name = r.name AND c.table_schema = 'public' AND c.data_type = 'bigint'`;
    expect(read.length).toBeGreaterThan(3);
    expect(read.filter(({ type }) => type !== 'string')).toEqual([]);
  });
});
