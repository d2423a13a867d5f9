import fs from 'node:fs';
import pg from 'pg';
import { expect, type LocalFintoc, required, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { balance, expectWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';

test.skip(!fs.existsSync('/proc/self/environ'), 'finds the worker as Linux shows it');

for (const when of ['before_commit', 'after_commit'] as const) {
  test(`a worker killed between submit and answer, ${when.replace('_', ' ')}: one transfer, one paid withdrawal`, async ({
    pageAs,
    fintoc,
  }) => {
    test.slow();
    const page = await pageAs('operator');
    const wallet = await fundedWallet(page, '500.00');
    const name = unique('Berta');
    await holdBack(fintoc, when);
    try {
      await requestWithdrawal(page, { to: someClabe(), amount: '120.00', name });
      await expectWithdrawal(page, 'Enviando');
      killWorkers();
    } finally {
      await fintoc.clear('/faults');
      await fintoc.control('/settlement-mode', { mode: 'auto' });
    }
    await endLeases();

    await expectWithdrawal(page, 'Pagado');
    const payouts = await fintoc.get('/v2/transfers?direction=outbound&limit=100');
    const paid = payouts.filter(
      (transfer: { counterparty: { holder_name: string } }) => transfer.counterparty.holder_name === name,
    );
    expect(paid).toMatchObject([{ status: 'succeeded', amount: 12_000 }]);
    await page.goto(wallet.url);
    await expect(balance(page, 'Disponible')).toHaveText('380.00 MXN');
    await expect(balance(page, 'Apartado')).toHaveText('0.00 MXN');
  });
}

/** Nothing tells how a payout goes: its answer doesn't come, it is not settled, and no poll sees it. */
async function holdBack(fintoc: LocalFintoc, when: 'before_commit' | 'after_commit'): Promise<void> {
  const path = '/v2/transfers';
  await fintoc.control('/settlement-mode', { mode: 'manual' });
  await fintoc.control('/faults', { kind: 'slow', when, delay_ms: 60_000, method: 'POST', path, count: 3 });
  await fintoc.control('/faults', { kind: 'html_500', method: 'GET', path, count: 10_000 });
}

/** `kill -9` for every worker on our database. The starter starts another. */
function killWorkers(): void {
  const ours = `DATABASE_URL=${required('DATABASE_URL')}`;
  const killed = fs.readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || !read(`/proc/${pid}/cmdline`).includes('lib/worker/main.ts')) return false;
    if (!read(`/proc/${pid}/environ`).split('\0').includes(ours)) return false;
    process.kill(Number(pid), 'SIGKILL');
    return true;
  });
  expect(killed, 'a worker was killed').not.toEqual([]);
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // A process may end while one looks.
    return '';
  }
}

/** What the dead held is free again after two minutes; nobody needs to watch that. */
async function endLeases(): Promise<void> {
  const client = new pg.Client({ connectionString: required('DATABASE_URL') });
  await client.connect();
  await client.query('UPDATE withdrawals SET lease_until = now() WHERE lease_until > now()');
  await client.query('UPDATE inbox_claims SET lease_until = now() WHERE lease_until > now()');
  await client.query('UPDATE queue_items SET lease_until = now() WHERE lease_until > now()');
  await client.end();
}
