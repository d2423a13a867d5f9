import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe } from '~/lib/testing/factories';
import { expectCashEqualsFintoc, type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { getTransferPage, listTransfers } from '~/lib/transfers/read';
import { sharedKeys } from '~/lib/transfers/shared-keys';

withTestDatabase();
const fintoc = withLocalFintoc();

let wallet: ReadyWallet;
/** Of one bank. */
const sender = someClabe('012');

beforeAll(async () => {
  await pollTransfers();
  wallet = await readyWallet();
});

/** A deposit with this clave de rastreo, as Fintoc tells of it. */
async function arrive(tracking_key: string, amount = 1_000): Promise<string> {
  const [sent] = await fintoc.control('POST', '/inbound-transfers', {
    ...{ account_number_id: wallet.accountNumberId, amount, tracking_key, settle: true },
    counterparty_account_number: sender,
  });
  await fintoc.deliveriesDone();
  await drain();
  return sent.id;
}

const factsOf = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });

describe('two deposits with one clave de rastreo', () => {
  it('are both credited, as Fintoc has both, and each is marked with the other beside it', async () => {
    const before = (await moneyOf(wallet)).available;
    const [one, two] = [await arrive('TWICE0001', 1_000), await arrive('TWICE0001', 1_000)];
    const alone = await arrive('ALONE0001');
    expect((await moneyOf(wallet)).available - before).toBe(3_000n);
    await expectCashEqualsFintoc(fintoc);
    const { items } = await listTransfers(ANYBODY, { direction: 'inbound' });
    const marked = items.filter(({ sharesKey }) => sharesKey).map(({ id }) => id);
    expect(marked.sort()).toEqual([one, two].sort());
    const filtered = await listTransfers(ANYBODY, { direction: 'inbound', sharesKey: true });
    expect(filtered.items.map(({ id }) => id).sort(), 'and found by the filter').toEqual([one, two].sort());
    for (const id of [one, two])
      expect((await getTransferPage(ANYBODY, id)).ofKey.map((each) => each.id).sort()).toEqual(
        [one, two].sort(),
      );
    expect((await getTransferPage(ANYBODY, alone)).ofKey).toEqual([]);
  });

  it('of other banks or days are nobody’s concern, across midnight of one day of operation they are', async () => {
    const [one, two] = [await arrive('DAYS0001'), await arrive('DAYS0001')];
    const marks = async () => (await sharedKeys([await factsOf(one), await factsOf(two)])).size;
    const at = async (id: string, transactedAt: string) =>
      db().transfer.update({ where: { id }, data: { transactedAt: new Date(transactedAt) } });
    // Mexico City is at UTC-6: the 26th at 12:00, then a day earlier, then both sides of midnight and of 18:00.
    await at(one, '2026-11-26T18:00:00Z');
    await at(two, '2026-11-25T18:00:00Z');
    expect(await marks()).toBe(0);
    await at(one, '2026-11-26T05:50:00Z');
    await at(two, '2026-11-26T06:10:00Z');
    expect(await marks()).toBe(2);
    await at(one, '2026-11-25T23:50:00Z');
    await at(two, '2026-11-26T00:10:00Z');
    expect(await marks()).toBe(2);
    await db().transfer.update({ where: { id: two }, data: { counterpartyBank: 'Otro banco' } });
    expect(await marks()).toBe(0);
  });
});
