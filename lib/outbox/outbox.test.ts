import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { type Cursor, type EventRow, readEvents, START } from '~/lib/outbox/read';
import { changeCustomer } from '~/lib/people/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { eventsOf } from '~/lib/testing/events';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import {
  arrive,
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { getWithdrawal } from '~/lib/withdrawals/read';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('operator');
  wallet = await readyWallet();
});

const typesOf = (events: EventRow[]) => events.map(({ type }) => type);
/** A setting’s change, as a subject of this test’s own. */
const note = (tx: Parameters<Parameters<typeof transaction>[0]>[0], id: string) =>
  recordAudit(tx, system('setup'), { action: 'setting.changed', subject: 'setting', id });

describe('what happens', () => {
  it('is emitted with its change, and where that is rolled back it never happened', async () => {
    const failing = transaction(async (tx) => {
      await note(tx, 'undone');
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await eventsOf('setting', 'undone')).toEqual([]);
    await transaction((tx) => note(tx, 'done'));
    expect(await eventsOf('setting', 'done')).toMatchObject([
      { type: 'setting.changed', actorKind: 'system', actorId: 'setup', walletId: null, data: {} },
    ]);
    expect(await db().auditEntry.count({ where: { subjectId: 'undone' } })).toBe(0);
  });

  it('happens to what the catalogue says, and to nothing else', async () => {
    const wrong = transaction((tx) =>
      recordAudit(tx, operator, { action: 'wallet.frozen', subject: 'customer', id: 'x' }),
    );
    await expect(wrong).rejects.toThrow("wallet.frozen doesn't happen to a customer.");
    expect(await db().auditEntry.count({ where: { subjectId: 'x' } })).toBe(0);
  });

  it('says of an act by whom, of which wallet, and what changed, and nothing that is masked for anybody', async () => {
    const { id, name } = await someCustomer({ name: 'Ximena Robles', taxId: 'ROXX800101AB2' });
    await changeCustomer(operator, {
      ...{ customerId: id, name, taxId: 'ROXX800101AB2', email: 'ximena@example.mx' },
    });
    const events = await eventsOf('customer', id);
    expect(typesOf(events)).toEqual(['customer.created', 'customer.changed']);
    expect(events[1]).toMatchObject({ actorKind: 'operator', actorId: operator.id });
    expect(events[1]?.data).toMatchObject({ changed: ['email'] });
    const told = JSON.stringify(events.map(({ data }) => data));
    for (const secret of ['Ximena', 'ROXX800101AB2', 'ximena@example.mx']) expect(told).not.toContain(secret);
  });

  it('to a deposit is told once, by the engine that books it', async () => {
    await arrive(fintoc, wallet, 12_345);
    const { id, transactedAt } = await db().transfer.findFirstOrThrow({ where: { amount: 12_345n } });
    const events = await eventsOf('transfer', id);
    expect(events).toMatchObject([
      {
        ...{ type: 'deposit.credited', walletId: wallet.id, actorKind: 'rail', actorId: 'Fintoc' },
        data: { amount: '12345', asset: 'MXN', transferId: id },
      },
    ]);
    expect(events[0]?.occurredAt.getTime()).toBeGreaterThanOrEqual(transactedAt.getTime() - 1_000);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'test', deposits: 'suspend' });
    await arrive(fintoc, wallet, 12_346);
    const suspended = await db().transfer.findFirstOrThrow({ where: { amount: 12_346n } });
    expect(await eventsOf('transfer', suspended.id)).toMatchObject([
      { type: 'deposit.suspended', data: { suspenseReason: 'wallet_frozen' } },
    ]);
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
  });

  it('to a withdrawal is one history, of the person who asked and of the rail', async () => {
    await depositInto(fintoc, wallet, 50_000);
    const { id } = await withdraw(operator, wallet, { amount: 20_000n });
    await settleAll(fintoc);
    const { transferId } = await db().withdrawal.findUniqueOrThrow({ where: { id } });
    await fintoc.control('POST', `/transfers/${transferId}/return`);
    await settleAll(fintoc);
    const events = await eventsOf('withdrawal', id);
    expect(typesOf(events)).toEqual([
      ...['withdrawal.requested', 'withdrawal.submitted', 'withdrawal.succeeded', 'withdrawal.returned'],
    ]);
    expect(new Set(events.map(({ walletId }) => walletId))).toEqual(new Set([wallet.id]));
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('Ximena');
    // The page shows it as one, each with who and why, and with what it booked.
    const { timeline } = await getWithdrawal(ANYBODY, id);
    expect(timeline.map(({ kind, eventId }) => ({ kind, eventId }))).toEqual(
      events.map((event) => ({ kind: event.type, eventId: event.id })),
    );
    expect(timeline.map(({ actor }) => actor)).toEqual([operator.name, null, null, null]);
    const booked = await db().ledgerTransaction.findMany({
      where: { withdrawalId: id },
      orderBy: { id: 'asc' },
    });
    expect(booked.map(({ step }) => step)).toEqual(['hold', 'accept', 'settle', 'take_back']);
    expect(timeline.map(({ transactionId }) => transactionId)).toEqual(
      booked.map((transaction) => transaction.id),
    );
  });

  it('to one subject stands in its order, however many change it at once', async () => {
    const acts = Array.from({ length: 24 }, (_, nth) =>
      (nth % 2 === 0 ? freezeWallet : unfreezeWallet)(operator, { walletId: wallet.id, reason: `${nth}` }),
    );
    await Promise.allSettled(acts);
    const events = typesOf(await eventsOf('wallet', wallet.id)).filter((type) => /frozen$/.test(type));
    // Frozen twice in a row is refused: so they take turns, beginning with the two of the test before.
    expect(events.length).toBeGreaterThan(2);
    expect(events).toEqual(events.map((_, nth) => (nth % 2 === 0 ? 'wallet.frozen' : 'wallet.unfrozen')));
    const audited = await db().auditEntry.findMany({
      where: { subjectType: 'wallet', subjectId: wallet.id },
      orderBy: { id: 'asc' },
    });
    expect(typesOf(await eventsOf('wallet', wallet.id))).toEqual(audited.map(({ action }) => action));
  });
});

describe('a reader of all events', () => {
  /** Goes on reading from where it stands; what tests before it did is passed over. */
  function reader(prefix: string) {
    let cursor: Cursor = START;
    const seen: string[] = [];
    const look = async () => {
      for (let full = true; full; ) {
        const page = await readEvents(cursor, 3);
        cursor = page.cursor;
        full = page.events.length === 3;
        seen.push(...page.events.map(({ subjectId }) => subjectId).filter((id) => id.startsWith(prefix)));
      }
    };
    // Whatever is under way elsewhere on the server holds it back, but for a while only.
    const lookUntil = async (count: number) => {
      while (seen.length < count) await look();
    };
    return { seen, look, lookUntil };
  }

  it('skips none that commits late, and gets all in the order of their numbers', async () => {
    const { seen, look, lookUntil } = reader('late ');
    // The later of the two has the lower number as a transaction: neither number alone says what is still to come.
    await transaction(async (early) => {
      await early.$queryRaw`SELECT pg_current_xact_id()::text`;
      await transaction(async (late) => {
        await note(late, 'late first');
        await note(early, 'late second');
        await look();
      });
      await transaction((tx) => note(tx, 'late third'));
      await look();
      await look();
      expect(seen, 'while the second may still commit').toEqual([]);
    });
    await transaction((tx) => note(tx, 'late fourth'));
    await lookUntil(4);
    await look();
    expect(seen).toEqual(['late first', 'late second', 'late third', 'late fourth']);
  });

  it('misses none of what thirty write while it reads, and none twice', async () => {
    const { seen, look, lookUntil } = reader('busy ');
    let writing = true;
    const writers = Array.from({ length: 30 }, (_, nth) =>
      transaction(async (tx) => {
        await note(tx, `busy ${nth}`);
        await tx.$queryRaw`SELECT pg_sleep(random() / 5)::text`;
        if (nth % 5 === 0) throw new Error('given up');
        await note(tx, `busy ${nth}`);
      }),
    );
    const done = Promise.allSettled(writers).then(() => {
      writing = false;
    });
    while (writing) await look();
    await done;
    await lookUntil(48);
    await look();
    const rows = await db().outboxEvent.findMany({
      where: { subjectId: { startsWith: 'busy ' } },
      orderBy: { id: 'asc' },
    });
    expect(seen).toEqual(rows.map(({ subjectId }) => subjectId));
  });
});
