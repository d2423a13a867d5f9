import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, StaleRead } from '~/lib/db';
import { toTransfer } from '~/lib/rails/fintoc/translate';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocTransfer } from '~/lib/testing/deliveries';
import { type OpenWallet, someWallet } from '~/lib/testing/factories';
import { applySightings } from '~/lib/transfers/apply';
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
    postings: [],
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
