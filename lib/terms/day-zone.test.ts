import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db, transaction } from '~/lib/db';
import { dayZone } from '~/lib/rails/registry';
import { utilisationOf } from '~/lib/terms/utilisation';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { openOwnWallet } from '~/lib/wallets/opening';
import { planWithdrawal } from '~/lib/withdrawals/plan';

/** The day of a Chilean wallet's limits is Chile's, though its rail's first network is Mexico's. */

withTestDatabase();
const fintoc = withLocalFintoc();

const CHILE = 'America/Santiago';
let wallet: ChileanWallet;
let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await chileanWallet(fintoc, 1_000_000);
  const limits = { withdrawalDayAmount: 500_000n, depositDayAmount: 1_000_000n, adjustmentsCount: true };
  const { id: termsId } = await db().walletTerms.create({
    data: { name: 'Con límite', asset: 'CLP', ...limits },
  });
  await db().walletAsset.updateMany({ where: { walletId: wallet.id }, data: { termsId } });
});

/** What the clock on a wall there says at that moment. */
const clockIn = (timeZone: string, at: Date | string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'medium' }).format(new Date(at));

const asked = (amount: bigint) => ({
  ...{ walletId: wallet.id, asset: 'CLP', amount, destination: someChileanAccount() },
  ...{ beneficiaryName: 'Camila Rojas', requestId: randomUUID() },
});
const plan = (amount: bigint) => transaction((tx) => planWithdrawal(tx, operator, asked(amount)));
const refusalOf = (trying: Promise<unknown>): Promise<{ code: string; details: { renewsAt: string } }> =>
  trying.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error) => error,
  );

it('is one zone for each asset of a rail', () => {
  expect([dayZone('MXN'), dayZone('CLP')]).toEqual(['America/Mexico_City', CHILE]);
});

it('a withdrawal is counted by it, and refused until midnight there', async () => {
  const { limits } = await plan(1_000n);
  expect(limits.timeZone).toBe(CHILE);
  expect(limits.standing.map(({ renewsAt }) => clockIn(CHILE, renewsAt ?? new Date(0)))).toEqual([
    '00:00:00',
  ]);
  const { code, details } = await refusalOf(plan(500_001n));
  expect([code, clockIn(CHILE, details.renewsAt)]).toEqual(['limit_reached', '00:00:00']);
});

it('so are what comes in, adjustments, and the bars that show both', async () => {
  const bars = await utilisationOf([wallet.id]);
  expect(bars.map(({ direction, renewsAt }) => [direction, clockIn(CHILE, renewsAt ?? new Date(0))])).toEqual(
    [
      ['inbound', '00:00:00'],
      ['outbound', '00:00:00'],
    ],
  );
  const general = await openOwnWallet(system('setup'), {
    ...{ kind: 'general', name: 'Promociones', asset: 'CLP', requestId: randomUUID() },
  });
  const { id: adjustmentId } = await requestAdjustment(operator, {
    ...{ fromWalletId: wallet.id, toWalletId: general.id, amount: 400_000n, reason: 'Cobro' },
    ...{ asset: 'CLP', requestId: randomUUID() },
  });
  const { details } = await refusalOf(plan(100_001n));
  expect(clockIn(CHILE, details.renewsAt)).toBe('00:00:00');
  await approveAdjustment(await someOperator('approver'), { adjustmentId });
  const [used] = await db().$queryRaw<{ isToday: boolean }[]>`
    SELECT used_day = (posted_at AT TIME ZONE ${CHILE})::date AS "isToday" FROM ledger_transactions
    WHERE used_wallet_id = ${wallet.id}::uuid ORDER BY id DESC LIMIT 1`;
  expect(used).toEqual({ isToday: true });
});
