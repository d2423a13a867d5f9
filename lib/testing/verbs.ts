/** Everything that people, the bank and time do to two wallets, for tests that do it in any order. */
import { randomUUID } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import {
  approveAdjustment,
  cancelAdjustment,
  declineAdjustment,
  requestAdjustment,
} from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { cancelBatch, confirmBatch } from '~/lib/batches/batches';
import { approveBatch, declineBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { expireApprovals } from '~/lib/deciding/registry';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest, cancelDepositRequest, declineDepositRequest } from '~/lib/deposits/requests';
import { DomainError } from '~/lib/errors';
import { captureHold, expireHolds, placeHold, releaseHold } from '~/lib/holds/holds';
import { approveWaiting, waitedLonger } from '~/lib/testing/approvals';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { told } from '~/lib/testing/deliveries';
import { type OpenWallet, someClabe } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { requestDebtPlan, takeInstalments } from '~/lib/transfers/debt-plans';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { freezeTogether, unfreezeTogether } from '~/lib/wallets/together';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Withdrawal } from '~/prisma/generated/client';

const DAY_MS = 86_400_000;
/** What nothing has for an id. */
const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';
const reason = 'Prueba de todo';

/** Two wallets in two assets, and what was asked about them so far. */
export type World = {
  operator: OperatorActor;
  approver: OperatorActor;
  wallets: [OpenWallet, OpenWallet];
  deposits: { id: string; wallet: OpenWallet; amount: number }[];
  batches: string[];
  /** What Fintoc has, by its withdrawal. */
  sent: Withdrawal[];
};

/** Whatever happens daily comes up thrice as often as what stops a wallet. */
export const DAILY = [
  ...['deposit', 'withdraw', 'approvePayout', 'send', 'settles', 'adjust', 'approve', 'hold', 'batch'],
  ...['askReturn', 'approveReturn', 'unfreeze', 'unfreezeCustomer', 'reopen'],
] as const;
export const VERBS = [
  ...DAILY,
  ...['goesBack', 'cancelPayout', 'declinePayout', 'comesBack', 'decline', 'cancel', 'reverse', 'exchange'],
  ...['release', 'capture', 'holdEnds', 'approveBatch', 'declineBatch', 'cancelBatch', 'cancelReturn'],
  ...['declineReturn', 'assign', 'plan', 'instalments', 'waitsTooLong', 'freeze', 'freezeCustomer', 'close'],
] as const;
export type Verb = (typeof VERBS)[number];
export type Step = { verb: Verb; which: 0 | 1; amount: bigint; nth: number };

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
/** What Fintoc says of a payout that it has. */
const says = (payout: Withdrawal, status: string) =>
  told({
    ...{ id: `tr_${payout.id}`, status, direction: 'outbound', amount: Number(payout.amount) },
    ...{ accountId: payout.accountId, beneficiary: payout.destination },
    metadata: { withdrawal_id: payout.id, wallet_id: payout.walletId },
  });
const customerOf = async ({ id }: OpenWallet) => {
  const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id } });
  return { subject: 'customer', id: customerId ?? NOBODY } as const;
};
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

const does: Record<Verb, (world: World, step: Step) => Promise<unknown>> = {
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
  withdraw: ({ operator, wallets }, { which, amount }) => withdraw(operator, wallets[which], { amount }),
  approvePayout: async (world, { nth }) =>
    approveWithdrawal(world.approver, { withdrawalId: await payoutOf(world, nth) }),
  cancelPayout: async (world, { nth }) =>
    cancelWithdrawal(world.operator, { withdrawalId: await payoutOf(world, nth), reason }),
  adjust: ({ operator, wallets }, { which, amount }) =>
    requestAdjustment(operator, {
      ...{ fromWalletId: wallets[which].id, toWalletId: wallets[1 - which]?.id, asset: 'MXN', amount },
      ...{ reason, requestId: randomUUID() },
    }),
  approve: async (world, { nth }) =>
    approveAdjustment(world.approver, { adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth) }),
  decline: async (world, { nth }) =>
    declineAdjustment(world.approver, {
      adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth),
      reason,
    }),
  cancel: async (world, { nth }) =>
    cancelAdjustment(world.operator, {
      adjustmentId: await adjustmentOf(world, 'awaiting_approval', nth),
      reason,
    }),
  reverse: async (world, { nth }) =>
    reverseAdjustment(world.operator, {
      ...{ adjustmentId: await adjustmentOf(world, 'posted', nth), reason, requestId: randomUUID() },
    }),
  exchange: ({ operator, wallets }, { which, amount }) =>
    requestExchange(operator, {
      ...{ walletId: wallets[which].id, fromAsset: 'MXN', toAsset: 'USD', amount, rate: '0.0587' },
      ...{ reason, requestId: randomUUID() },
    }),
  hold: ({ operator, wallets }, { which, amount }) =>
    placeHold(operator, {
      ...{ walletId: wallets[which].id, asset: 'MXN', amount, reason, requestId: randomUUID() },
      expiresAt: new Date(Date.now() + DAY_MS),
    }),
  release: async (world, { amount, nth }) =>
    releaseHold(world.operator, {
      holdId: await holdOf(world, nth),
      amount,
      reason,
      requestId: randomUUID(),
    }),
  capture: async (world, { which, amount, nth }) =>
    captureHold(world.operator, {
      ...{ holdId: await holdOf(world, nth), toWalletId: world.wallets[which].id, amount },
      ...{ reason, requestId: randomUUID() },
    }),
  batch: async ({ operator, wallets, batches }, { which, nth }) => {
    const rows = [0, 1].map((row) => [someClabe('012'), `${nth + row + 1}.00`, `Ana ${row}`, 'Nómina']);
    const { id } = await upload(operator, wallets[which], rows);
    await confirmBatch(operator, { batchId: id, paysRepeats: false });
    batches.push(id);
    await workOffBatches();
  },
  approveBatch: async ({ approver, batches }, { nth }) => {
    await approveBatch(approver, { batchId: pick(batches, nth) ?? NOBODY });
    await workOffBatches();
  },
  cancelBatch: async ({ operator, batches }, { nth }) => {
    await cancelBatch(operator, { batchId: pick(batches, nth) ?? NOBODY, reason });
    await workOffBatches();
  },
  askReturn: async ({ operator, deposits }, { nth }) =>
    returnDeposit(operator, { transferId: pick(deposits, nth)?.id ?? 'tr_none', reason }),
  cancelReturn: async (world, { nth }) =>
    cancelDepositRequest(world.operator, { requestId: await askedReturnOf(world, nth), reason }),
  approveReturn: async (world, { nth }) =>
    approveDepositRequest(world.approver, {
      ...{ requestId: await askedReturnOf(world, nth), acceptsLoss: 1_000_000n, acceptsNotOpen: true },
    }),
  declineReturn: async (world, { nth }) =>
    declineDepositRequest(world.approver, { requestId: await askedReturnOf(world, nth), reason }),
  assign: async (world, { which, nth }) => {
    const where = { ...mine(world), suspenseReason: { not: null } } as const;
    const suspended = pick(await db().transfer.findMany({ where }), nth);
    await assignDeposit(world.operator, {
      ...{ transferId: suspended?.id ?? 'tr_none', walletId: world.wallets[which].id, reason },
    });
  },
  declinePayout: async (world, { nth }) =>
    declineWithdrawal(world.approver, { withdrawalId: await payoutOf(world, nth), reason }),
  declineBatch: async ({ approver, batches }, { nth }) => {
    await declineBatch(approver, { batchId: pick(batches, nth) ?? NOBODY, reason });
    await workOffBatches();
  },
  send: async (world, { nth }) => {
    const where = { ...mine(world), status: 'queued' } as const;
    const payout = pick(await db().withdrawal.findMany({ where, ...oldest }), nth);
    if (!payout) return;
    // As a worker claims it before it asks Fintoc.
    const data = { status: 'submitting', submittedAt: new Date(), submitAttempts: 1 } as const;
    await db().withdrawal.update({
      ...{ where: { id: payout.id }, data: { ...data, leaseUntil: new Date(Date.now() + DAY_MS) } },
    });
    await says(payout, 'pending');
    world.sent.push(payout);
  },
  settles: async ({ sent }, { nth, which }) => {
    const payout = pick(sent, nth);
    if (payout) await says(payout, which === 0 ? 'succeeded' : 'failed');
  },
  comesBack: async ({ sent }, { nth }) => {
    const payout = pick(sent, nth);
    if (payout) await says(payout, 'returned');
  },
  holdEnds: async (world, { nth }) => {
    await tamper(`UPDATE holds SET created_at = now() - interval '1 day', expires_at = now() - interval '1 minute'
      WHERE id = '${await holdOf(world, nth)}'`);
    await expireHolds();
  },
  waitsTooLong: async (world, { nth }) => {
    await waitedLonger(await payoutOf(world, nth), 200);
    await expireApprovals();
  },
  freezeCustomer: async ({ operator, wallets }, { which }) =>
    freezeTogether(operator, await customerOf(wallets[which]), { reason }),
  unfreezeCustomer: async ({ operator, wallets }, { which }) =>
    unfreezeTogether(operator, await customerOf(wallets[which]), { reason }),
  close: ({ operator, wallets }, { which }) =>
    closeWallet(operator, { walletId: wallets[which].id, reason, closedBy: 'customer' }),
  reopen: ({ operator, wallets }, { which }) =>
    reopenWallet(operator, { walletId: wallets[which].id, reason }),
  freeze: ({ operator, wallets }, { which, nth }) =>
    freezeWallet(operator, {
      ...{ walletId: wallets[which].id, reason, deposits: 'suspend' },
      direction: (['debits', 'credits', 'both'] as const)[nth % 3],
    }),
  unfreeze: ({ operator, wallets }, { which }) =>
    unfreezeWallet(operator, { walletId: wallets[which].id, reason }),
  plan: async ({ operator, approver, wallets }, { which, amount }) => {
    const subjectId = wallets[which].id;
    const asked = { walletId: subjectId, asset: 'MXN', amount, every: 'week', inDays: 0 } as const;
    await requestDebtPlan(operator, { ...asked, reason });
    await approveWaiting(approver, { action: 'debt.plan', subjectId });
  },
  instalments: () => takeInstalments(),
};

/** A refusal is an answer; anything else is a defect. */
export async function play(world: World, step: Step): Promise<void> {
  await does[step.verb](world, step).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

/** Ends what is at Fintoc, calls off all that waits, and gives back all that is set aside. */
export async function endAll(world: World): Promise<void> {
  for (const payout of world.sent) await says(payout, 'succeeded');
  for (const { id, wallet, amount } of world.deposits) {
    const { returnRequestedAt } = await db().transfer.findUniqueOrThrow({ where: { id } });
    if (returnRequestedAt) await told({ ...at(wallet), id, amount, status: 'returned' });
  }
  for (const { id: walletId } of world.wallets)
    await unfreezeWallet(world.operator, { walletId, reason }).catch(() => undefined);
  for (const batchId of world.batches)
    await cancelBatch(world.operator, { batchId, reason }).catch(() => undefined);
  await workOffBatches();
  for (let id = await askedReturnOf(world, 0); id !== NOBODY; id = await askedReturnOf(world, 0))
    await cancelDepositRequest(world.operator, { requestId: id, reason });
  for (let id = await adjustmentOf(world, 'awaiting_approval', 0); id !== NOBODY; )
    id = await cancelAdjustment(world.operator, { adjustmentId: id, reason }).then(() =>
      adjustmentOf(world, 'awaiting_approval', 0),
    );
  for (let id = await payoutOf(world, 0); id !== NOBODY; id = await payoutOf(world, 0))
    await cancelWithdrawal(world.operator, { withdrawalId: id, reason });
  for (let id = await holdOf(world, 0); id !== NOBODY; id = await holdOf(world, 0))
    await releaseHold(world.operator, { holdId: id, reason, requestId: randomUUID() });
}
