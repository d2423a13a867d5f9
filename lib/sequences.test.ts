import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import {
  approveAdjustment,
  cancelAdjustment,
  declineAdjustment,
  requestAdjustment,
} from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { cancelBatch, confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { cancelDepositRequest } from '~/lib/deposits/requests';
import { DomainError } from '~/lib/errors';
import { captureHold, placeHold, releaseHold } from '~/lib/holds/holds';
import { approveWaiting } from '~/lib/testing/approvals';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundHouse,
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { expectSoundUsage } from '~/lib/testing/usage';
import { requestDebtPlan, takeInstalments } from '~/lib/transfers/debt-plans';
import { enableAsset } from '~/lib/wallets/opening';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { approveWithdrawal, cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const DAY_LIMIT = 40_000n;
const DAY_MS = 86_400_000;
/** What nothing has for an id. */
const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';
const reason = 'Prueba de todo';

let operator: OperatorActor;
let approver: OperatorActor;
let termsId: string;

beforeAll(async () => {
  [operator, approver] = [await someOperator('admin'), await someOperator('approver')];
  ({ id: termsId } = await someTerms({ withdrawalDayAmount: DAY_LIMIT, adjustmentsCount: true }));
  await fundHouse(1_000_000n);
});

/** Two wallets in two assets, and what was asked about them so far. */
type World = {
  wallets: [OpenWallet, OpenWallet];
  deposits: { id: string; wallet: OpenWallet; amount: number }[];
  batches: string[];
};

const VERBS = [
  ...['deposit', 'goesBack', 'withdraw', 'withdraw', 'approvePayout', 'cancelPayout'],
  ...['adjust', 'adjust', 'approve', 'approve', 'decline', 'cancel', 'reverse', 'exchange'],
  ...['hold', 'hold', 'release', 'capture', 'batch', 'approveBatch', 'cancelBatch'],
  ...['askReturn', 'cancelReturn', 'freeze', 'unfreeze', 'plan', 'instalments'],
] as const;
type Step = { verb: string; which: 0 | 1; amount: bigint; nth: number };

const steps = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom(...VERBS),
    which: fc.constantFrom(0, 1),
    amount: fc.bigInt({ min: 1n, max: 15_000n }),
    nth: fc.nat(30),
  }),
  { minLength: 18, maxLength: 30 },
);

const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const pick = <Item>(items: readonly Item[], nth: number): Item | undefined =>
  items[nth % (items.length || 1)];
const mine = ({ wallets }: World) => ({ walletId: { in: wallets.map(({ id }) => id) } });
const between = ({ wallets }: World) => {
  const ids = wallets.map(({ id }) => id);
  return { OR: [{ fromWalletId: { in: ids } }, { toWalletId: { in: ids } }] };
};
const oldest = { orderBy: { createdAt: 'asc' } } as const;

async function adjustmentOf(world: World, status: 'awaiting_approval' | 'posted', nth: number) {
  return (
    pick(await db().adjustment.findMany({ where: { ...between(world), status }, ...oldest }), nth)?.id ??
    NOBODY
  );
}
async function payoutOf(world: World, nth: number) {
  const status = { in: ['awaiting_approval', 'queued'] as ('awaiting_approval' | 'queued')[] };
  return (
    pick(await db().withdrawal.findMany({ where: { ...mine(world), status }, ...oldest }), nth)?.id ?? NOBODY
  );
}
async function holdOf(world: World, nth: number) {
  return (
    pick(await db().hold.findMany({ where: { ...mine(world), state: 'active' }, ...oldest }), nth)?.id ??
    NOBODY
  );
}
async function askedReturnOf(world: World, nth: number) {
  const where = { ...mine(world), approval: { state: 'waiting' } } as const;
  return pick(await db().depositRequest.findMany({ where, ...oldest }), nth)?.id ?? NOBODY;
}

const does: Record<(typeof VERBS)[number], (world: World, step: Step) => Promise<unknown>> = {
  deposit: async ({ wallets, deposits }, { which, amount: bigAmount }) => {
    const [wallet, amount] = [wallets[which], Number(bigAmount)];
    const { id } = await told({ ...at(wallet), amount });
    deposits.push({ id, wallet, amount });
  },
  goesBack: async ({ deposits }, { nth }) => {
    const deposit = pick(deposits, nth);
    if (!deposit) return;
    const { id, wallet, amount } = deposit;
    await told({ ...at(wallet), id, amount, status: 'returned' });
  },
  withdraw: ({ wallets }, { which, amount }) => withdraw(operator, wallets[which], { amount }),
  approvePayout: async (world, { nth }) =>
    approveWithdrawal(approver, { withdrawalId: await payoutOf(world, nth) }),
  cancelPayout: async (world, { nth }) =>
    cancelWithdrawal(operator, { withdrawalId: await payoutOf(world, nth), reason }),
  adjust: ({ wallets }, { which, amount }) =>
    requestAdjustment(operator, {
      ...{ fromWalletId: wallets[which].id, toWalletId: wallets[1 - which]?.id, asset: 'MXN', amount },
      ...{ reason, requestId: randomUUID() },
    }),
  approve: async (world, { nth }) =>
    approveAdjustment(approver, { adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth) }),
  decline: async (world, { nth }) =>
    declineAdjustment(approver, {
      adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth),
      reason,
    }),
  cancel: async (world, { nth }) =>
    cancelAdjustment(operator, { adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth), reason }),
  reverse: async (world, { nth }) =>
    reverseAdjustment(operator, {
      ...{ adjustmentId: await adjustmentOf(world, 'posted', nth), reason, requestId: randomUUID() },
    }),
  exchange: ({ wallets }, { which, amount }) =>
    requestExchange(operator, {
      ...{ walletId: wallets[which].id, fromAsset: 'MXN', toAsset: 'USD', amount, rate: '0.0587' },
      ...{ reason, requestId: randomUUID() },
    }),
  hold: ({ wallets }, { which, amount }) =>
    placeHold(operator, {
      ...{ walletId: wallets[which].id, asset: 'MXN', amount, reason, requestId: randomUUID() },
      expiresAt: new Date(Date.now() + DAY_MS),
    }),
  release: async (world, { amount, nth }) =>
    releaseHold(operator, { holdId: await holdOf(world, nth), amount, reason, requestId: randomUUID() }),
  capture: async (world, { which, amount, nth }) =>
    captureHold(operator, {
      ...{ holdId: await holdOf(world, nth), toWalletId: world.wallets[which].id, amount },
      ...{ reason, requestId: randomUUID() },
    }),
  batch: async ({ wallets, batches }, { which, nth }) => {
    const rows = [0, 1].map((row) => [someClabe('012'), `${nth + row + 1}.00`, `Ana ${row}`, 'Nómina']);
    const { id } = await upload(operator, wallets[which], rows);
    await confirmBatch(operator, { batchId: id, paysRepeats: false });
    batches.push(id);
    await workOffBatches();
  },
  approveBatch: async ({ batches }, { nth }) => {
    await approveBatch(approver, { batchId: pick(batches, nth) ?? NOBODY });
    await workOffBatches();
  },
  cancelBatch: async ({ batches }, { nth }) => {
    await cancelBatch(operator, { batchId: pick(batches, nth) ?? NOBODY, reason });
    await workOffBatches();
  },
  askReturn: async ({ deposits }, { nth }) =>
    returnDeposit(operator, { transferId: pick(deposits, nth)?.id ?? 'tr_none', reason }),
  cancelReturn: async (world, { nth }) =>
    cancelDepositRequest(operator, { requestId: await askedReturnOf(world, nth), reason }),
  freeze: ({ wallets }, { which, nth }) =>
    freezeWallet(operator, {
      ...{ walletId: wallets[which].id, reason, deposits: 'suspend' },
      direction: (['debits', 'credits', 'both'] as const)[nth % 3],
    }),
  unfreeze: ({ wallets }, { which }) => unfreezeWallet(operator, { walletId: wallets[which].id, reason }),
  plan: async ({ wallets }, { which, amount }) => {
    const subjectId = wallets[which].id;
    const asked = { walletId: subjectId, asset: 'MXN', amount, every: 'week', inDays: 0 } as const;
    await requestDebtPlan(operator, { ...asked, reason });
    await approveWaiting(approver, { action: 'debt.plan', subjectId });
  },
  instalments: () => takeInstalments(),
};

/** A refusal is an answer; anything else is a defect. */
async function play(world: World, step: Step): Promise<void> {
  await does[step.verb as (typeof VERBS)[number]](world, step).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

/** Calls off all that waits, and gives back all that is set aside. */
async function endAll(world: World): Promise<void> {
  for (const { id: walletId } of world.wallets)
    await unfreezeWallet(operator, { walletId, reason }).catch(() => undefined);
  for (const batchId of world.batches)
    await cancelBatch(operator, { batchId, reason }).catch(() => undefined);
  await workOffBatches();
  for (let id = await askedReturnOf(world, 0); id !== NOBODY; id = await askedReturnOf(world, 0))
    await cancelDepositRequest(operator, { requestId: id, reason });
  for (let id = await adjustmentOf(world, 'awaiting_approval', 0); id !== NOBODY; )
    id = await cancelAdjustment(operator, { adjustmentId: id, reason }).then(() =>
      adjustmentOf(world, 'awaiting_approval', 0),
    );
  for (let id = await payoutOf(world, 0); id !== NOBODY; id = await payoutOf(world, 0))
    await cancelWithdrawal(operator, { withdrawalId: id, reason });
  for (let id = await holdOf(world, 0); id !== NOBODY; id = await holdOf(world, 0))
    await releaseHold(operator, { holdId: id, reason, requestId: randomUUID() });
}

async function newWorld(): Promise<World> {
  const wallets: [OpenWallet, OpenWallet] = [await someWallet({ termsId }), await someWallet({ termsId })];
  for (const wallet of wallets) {
    await fundWallet(wallet, 20_000n);
    await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
  }
  return { wallets, deposits: [], batches: [] };
}

it('whatever people do in whatever order: the books are sound, limits hold, and every hold ends', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const world = await newWorld();
      for (const step of sequence) await play(world, step);
      await expectSoundBooks();
      await expectSoundUsage();
      const out = {
        walletId: { in: world.wallets.map(({ id }) => id) },
        direction: 'outbound',
        asset: 'MXN',
      } as const;
      for (const { amount } of await db().ledgerUsageDay.findMany({ where: out }))
        expect(amount).toBeLessThanOrEqual(DAY_LIMIT);
      await endAll(world);
      const aside = await db().ledgerAccount.findMany({
        where: {
          ownerId: { in: world.wallets.map(({ id }) => id) },
          bucket: { in: ['reserved', 'pending'] },
        },
      });
      expect(aside.filter(({ balance }) => balance !== 0n)).toEqual([]);
      await expectSoundBooks();
    }),
    { numRuns: 4 },
  );
});
