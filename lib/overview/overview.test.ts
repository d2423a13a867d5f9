import { describe, expect, it } from 'vitest';
import { agreementOf, fintocSaid, type RecentEntry } from '~/lib/books/fintoc-said';
import { casesWaiting } from '~/lib/cases/waiting';
import { queuedPayouts } from '~/lib/cash/queued';
import { db, transaction } from '~/lib/db';
import { inboxLag } from '~/lib/inbox/lag';
import { cash, inTransit, suspense, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Line, postTransactions } from '~/lib/ledger/post';
import { booksByAsset, firstSteps, whatWaits } from '~/lib/overview/overview';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { listWithdrawals } from '~/lib/withdrawals/read';
import { CAME_BACK } from '~/lib/withdrawals/waiting';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const SYNC = new Date('2026-11-20T15:00:00Z');
const at = (seconds: number) => new Date(SYNC.getTime() + seconds * 1_000);
const customer = { id: crypto.randomUUID(), kind: 'customer' as const, houseRole: null, asset: 'MXN' };
const fees = { id: crypto.randomUUID(), kind: 'house' as const, houseRole: 'fees', asset: 'MXN' };
let serial = 0;

async function post(effectiveAt: Date, ...lines: Line[]) {
  serial += 1;
  const posting = { cause: someCause(`overview:${serial}`), kind: 'adjustment', effectiveAt, lines } as const;
  await transaction((tx) => postTransactions(tx, [posting]));
}

async function bankAccount(said: bigint): Promise<string> {
  serial += 1;
  const id = `acc_${serial}`;
  await db().account.create({
    data: {
      id,
      entity: {
        create: {
          id: `ent_${serial}`,
          holderName: 'Plataforma',
          holderId: 'PLA010101AB1',
          isRoot: true,
          mode: 'test',
          raw: {},
          syncedAt: SYNC,
        },
      },
      asset: 'MXN',
      availableBalance: said,
      isRoot: true,
      rootAccountNumber: '646180000000000000',
      status: 'active',
      mode: 'test',
      raw: {},
      syncedAt: SYNC,
    },
  });
  return id;
}

describe('the books of an asset', () => {
  it('explain every cent between what is owed and what is held', async () => {
    const bank = await bankAccount(59_513n);
    const wallet = walletAccount(customer, 'available');
    const reserved = walletAccount(customer, 'reserved');
    await post(at(-900), debit(cash(bank, 'MXN'), 59_013n), credit(wallet, 59_013n));
    await post(at(-800), debit(cash(bank, 'MXN'), 700n), credit(suspense('MXN'), 700n));
    await post(at(-700), debit(wallet, 500n), credit(walletAccount(fees, 'available'), 500n));
    await post(at(-600), debit(wallet, 200n), credit(reserved, 200n));
    await post(at(-500), debit(inTransit(bank, 'MXN'), 200n), credit(cash(bank, 'MXN'), 200n));
    const [books] = await booksByAsset();
    expect(books).toMatchObject({
      asset: 'MXN',
      customers: { available: 58_313n, pending: 0n, reserved: 200n },
      suspense: 700n,
      owed: 59_213n,
      cash: 59_513n,
      inTransit: 200n,
      held: 59_713n,
      difference: 500n,
      own: 500n,
      fintoc: { said: 59_513n, agreement: 'equal', accounts: 1 },
    });
    expect(books && books.difference - (books.own - books.swept - books.receivable)).toBe(0n);
  });
});

describe('Fintoc’s last word', () => {
  it('is compared with the cash of its own moment, whatever has come in since', async () => {
    const bank = await bankAccount(1_000n);
    const wallet = walletAccount(customer, 'available');
    await post(at(-300), debit(cash(bank, 'MXN'), 1_000n), credit(wallet, 1_000n));
    await post(at(120), debit(cash(bank, 'MXN'), 250n), credit(wallet, 250n));
    expect((await fintocSaid()).get('MXN')?.agreement).toBe('equal');
  });

  it('that the ledger never agreed with is said to differ, and by how much', async () => {
    const bank = await bankAccount(1_000n);
    const wallet = walletAccount(customer, 'available');
    await post(at(-300), debit(cash(bank, 'MXN'), 900n), credit(wallet, 900n));
    await post(at(120), debit(cash(bank, 'MXN'), 50n), credit(wallet, 50n));
    expect((await fintocSaid()).get('MXN')).toMatchObject({ agreement: 'differs', off: -100n });
  });

  it('allows for a movement in the very seconds of the sync', () => {
    const entries: RecentEntry[] = [
      { amount: 10n, effectiveAt: at(60) },
      { amount: 100n, effectiveAt: at(-20) },
      { amount: 1_000n, effectiveAt: at(-300) },
    ];
    expect(agreementOf({ said: 1_000n, cash: 1_110n, at: SYNC }, entries).agreement).toBe('equal');
    expect(agreementOf({ said: 1_100n, cash: 1_110n, at: SYNC }, entries).agreement).toBe('equal');
    expect(agreementOf({ said: 0n, cash: 1_110n, at: SYNC }, entries)).toEqual({
      agreement: 'differs',
      off: 1_100n,
    });
  });

  it('is not called different when too much has moved since to tell', () => {
    const entries = [{ amount: 10n, effectiveAt: at(60) }];
    expect(agreementOf({ said: 1n, cash: 1_110n, at: SYNC }, entries, 1).agreement).toBe('unknown');
  });
});

const NONE = { count: 0, since: null };

describe('a new installation', () => {
  it('shows its first steps until money came in and a wallet is open', async () => {
    const steps = await firstSteps();
    expect(steps).toMatchObject({ deposited: false, walletOpen: false, root: null });
  });

  it('has nobody waiting for anything', async () => {
    expect(await whatWaits()).toEqual({
      suspense: NONE,
      cameBack: NONE,
      kyb: { rejected: 0, notStarted: 0, toComplete: 0, underReview: 0 },
      deadEvents: NONE,
      breaks: NONE,
      stuckOpenings: NONE,
    });
  });
});

describe('what waits for a person', () => {
  it('counts only what came back within a day', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 10_000_000n);
    const actor = await someOperator('operator');
    const ask = () =>
      requestWithdrawal(actor, {
        walletId: wallet.id,
        amount: 10_000n,
        destination: someClabe(),
        requestId: crypto.randomUUID(),
      });
    const [failed, old] = [await ask(), await ask()];
    await db().withdrawal.updateMany({
      where: { id: { in: [failed.id, old.id] } },
      data: { status: 'returned' },
    });
    await db().$executeRaw`
      UPDATE withdrawals SET updated_at = now() - interval '25 hours' WHERE id = ${old.id}::uuid`;
    expect(await whatWaits()).toMatchObject({ cameBack: { count: 1, since: expect.any(Date) } });
    const list = await listWithdrawals(ANYBODY, {
      status: CAME_BACK,
      changedSince: new Date(Date.now() - 24 * 3_600_000),
    });
    expect(list.items.map(({ id }) => id)).toEqual([failed.id]);
  });
});

describe('cash for what is to leave', () => {
  it('is told per asset, and what one account has too much pays for no other', async () => {
    const [rich, poor] = [await someWallet(), await someWallet()];
    const actor = await someOperator('operator');
    for (const [wallet, amount] of [
      [rich, 10_000n],
      [poor, 30_000n],
    ] as const) {
      await fundWallet(wallet, 10_000_000n);
      const { id } = await requestWithdrawal(actor, {
        ...{ walletId: wallet.id, amount, destination: someClabe(), requestId: crypto.randomUUID() },
      });
      await db().withdrawal.update({ where: { id }, data: { status: 'queued' } });
    }
    // What left its account otherwise.
    await post(
      new Date(),
      debit(suspense('MXN'), 9_980_000n),
      credit(cash(poor.accountId, 'MXN'), 9_980_000n),
    );
    expect(await queuedPayouts()).toEqual([
      { asset: 'MXN', amount: 40_000n, count: 2, shortfall: 10_000n, accounts: 1 },
    ]);
  });
});

describe('how far behind notices are', () => {
  it('is how long the slowest but one of twenty took, and what waits since when', async () => {
    expect(await inboxLag()).toEqual({ ms: null, waiting: 0, since: null });
    const now = Date.now();
    const event = (nth: number, took: number | null) => ({
      ...{ id: `evt_lag${nth}`, type: 'transfer.inbound.succeeded', mode: 'test', headers: {}, body: '{}' },
      ...{ occurredAt: new Date(now - 60_000), receivedAt: new Date(now - 59_000) },
      ...(took === null
        ? { state: 'received' as const }
        : { state: 'processed' as const, processedAt: new Date(now - 60_000 + took) }),
    });
    const data = [
      ...Array.from({ length: 19 }, (_, nth) => event(nth, 2_000)),
      event(19, 50_000),
      event(20, null),
    ];
    await db().inboxEvent.createMany({ data });
    expect(await inboxLag()).toEqual({ ms: 2_000, waiting: 1, since: new Date(now - 59_000) });
  });
});

describe('cases that wait', () => {
  it('are one’s own, and those of anybody that are overdue, with whose the first is', async () => {
    const [me, other] = [await someOperator('support'), await someOperator('support')];
    const opened = (ownerId: string, dueInMs: number, closedAt: Date | null = null) => ({
      ...{ type: 'other' as const, subjectType: 'customer', subjectId: crypto.randomUUID() },
      ...{ ownerId, openedById: ownerId, dueAt: new Date(Date.now() + dueInMs), closedAt },
    });
    const [soon, late] = [opened(me.id, 60_000), opened(other.id, -60_000)];
    const data = [soon, opened(me.id, 90_000), late, opened(me.id, -90_000, new Date())];
    await db().case.createMany({ data });
    expect(await casesWaiting(me)).toEqual({
      ...{ own: 2, ownDue: soon.dueAt, overdue: 1, overdueSince: late.dueAt, overdueOwner: other.name },
    });
  });
});
