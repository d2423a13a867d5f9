import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { runSchedules } from '~/lib/schedules/run';
import { planSchedule } from '~/lib/schedules/schedules';
import { watchBooks } from '~/lib/standstill/watch';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { depositInto, readyWallet, settleAll } from '~/lib/testing/journeys';
import { withRestorableBooks } from '~/lib/testing/restores';

const { fintoc, backUp, restore } = withRestorableBooks();

it('a day that was paid before the books were taken back is not paid again, and the next day is', async () => {
  const operator = await someOperator();
  await pollTransfers();
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  const { id } = await planSchedule(operator, {
    ...{ walletId: wallet.id, asset: 'MXN', amount: 10_000n, destination: someClabe('012') },
    ...{ beneficiaryName: 'Ximena Robles', every: 'month', startsOn: '2099-01-31' },
    requestId: crypto.randomUUID(),
  });
  const comes = (nextAt: Date) => db().schedule.update({ where: { id }, data: { nextAt } });
  const made = () =>
    db().withdrawal.findMany({ where: { walletId: wallet.id }, orderBy: { createdAt: 'asc' } });
  const [january, february] = [new Date(Date.now() - 60_000), new Date(Date.now() - 30_000)];
  await comes(january);
  await watchBooks();
  await backUp();
  await runSchedules();
  await settleAll(fintoc);
  // The month after is paid as well, and lost with the books.
  await comes(february);
  await db().withdrawal.updateMany({ data: { createdAt: new Date(Date.now() - 2 * 86_400_000) } });
  await runSchedules();
  await settleAll(fintoc);
  await watchBooks();
  expect(await fintoc.payouts()).toHaveLength(2);

  await restore();
  await watchBooks();
  await syncIfDue();
  await runSchedules();
  await pollTransfers();
  expect(await made()).toMatchObject([{ status: 'succeeded' }]);
  // A day that comes only now is a payment of its own.
  await comes(new Date(Date.now() - 1_000));
  await db().withdrawal.updateMany({ data: { createdAt: new Date(Date.now() - 2 * 86_400_000) } });
  await runSchedules();
  expect(await made()).toMatchObject([{ status: 'succeeded' }, { status: 'queued' }]);
  await settleAll(fintoc);
  expect(await fintoc.payouts()).toHaveLength(2);
}, 120_000);
