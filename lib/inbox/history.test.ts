import { beforeAll, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { wasPolled } from '~/lib/inbox/polled';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { expectCashEqualsFintoc } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const PAGE = 100;
const OLD = 250;

const receive = async () => {
  const { root_account_number_id } = await fintoc.rootAccount();
  const sent = { account_number_id: root_account_number_id, amount: 1_000, settle: true };
  await fintoc.control('POST', '/inbound-transfers', sent);
};

const lastRun = () => db().pollRun.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });

beforeAll(async () => {
  await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1_000 });
  for (let nth = 0; nth < OLD; nth += 1) await receive();
  // Half an hour apart, the newest an hour ago.
  await fintoc.sql(`
    UPDATE sandbox.transfers t SET transaction_date = now() - interval '30 minutes' * (r.nth + 1)
    FROM (SELECT id, row_number() OVER (ORDER BY seq DESC) AS nth FROM sandbox.transfers) r WHERE r.id = t.id`);
  await syncFintoc(system('setup'));
});

it('a history whose reading broke off is gone on with where it stood, with what came meanwhile', async () => {
  const path = '/v2/transfers';
  await fintoc.control('POST', '/faults', { kind: 'slow', method: 'GET', path, count: 2 });
  await fintoc.control('POST', '/faults', { kind: 'reset', method: 'GET', path });
  await expect(pollTransfers()).rejects.toThrow();
  expect(await lastRun()).toMatchObject({ found: 2 * PAGE, recovered: 2 * PAGE, since: null });
  expect(await wasPolled(), 'most of it is missing yet').toBe(false);

  await receive();
  await fintoc.sql(`UPDATE sandbox.transfers SET transaction_date = now() - interval '5 minutes'
    WHERE transaction_date > now() - interval '2 minutes'`);
  await pollTransfers();
  expect(await wasPolled()).toBe(true);
  const { found, recovered } = await lastRun();
  expect(recovered).toBe(OLD - 2 * PAGE + 1);
  // The last one that was read is read again, and no page of those before it.
  expect(found).toBeLessThan(OLD - PAGE);
  expect(await db().transfer.count()).toBe(OLD + 1);
  await expectCashEqualsFintoc(fintoc);
  await expectSoundBooks();

  // From here on it is polled as ever.
  expect(await pollTransfers()).toBe(0);
  expect((await lastRun()).since).not.toBeNull();
}, 60_000);
