import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { creditSuspended } from '~/lib/deposits/suspense';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction, postTransactions } from '~/lib/ledger/post';
import { listMovements } from '~/lib/movements/movements';
import { movementOrder } from '~/lib/movements/order';
import type { MovementFilter } from '~/lib/movements/search';
import { sinceSaid } from '~/lib/movements/since';
import { isAbout } from '~/lib/movements/words';
import { type Typed, typedSearch } from '~/lib/search/typed';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someCustomer, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { houseWallets } from '~/lib/wallets/house';
import { giveBack } from '~/lib/withdrawals/withdrawals';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 40);
const NOW = Date.now();
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS);
/** A month of them, every quarter of an hour. */
const DEPOSITS = 3_600;
const [SAYS, OTHER] = ['Zoraida Quiroz', 'Nadie Más'];

let wallet: OpenWallet;
/** Of a customer of that name. */
let named: OpenWallet;
let operator: OperatorActor;
let typed: Typed;

beforeAll(async () => {
  wallet = await someWallet();
  operator = await someOperator();
  named = await someWallet();
  const { id } = await someCustomer({ name: SAYS });
  await db().wallet.update({ where: { id: named.id }, data: { customerId: id } });
  await manyDeposits('tr_many', NOW, DEPOSITS);
  await fundWallet(named, 5_000n);
  await lateEnds();
  const read = await typedSearch(SAYS);
  if (!read) throw new Error('Nothing was typed.');
  typed = read;
}, 120_000);

/** Hardly any of the newest thousand say it, of those before every thirtieth. */
async function manyDeposits(prefix: string, newest: number, count: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, wallet_id, counterparty_name, origin, mode, transacted_at, updated_at)
    SELECT ${prefix} || n, 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${wallet.accountId}, ${wallet.id}::uuid,
      CASE WHEN n % (CASE WHEN n < 1300 THEN 600 ELSE 30 END) = 0 THEN ${SAYS} ELSE ${OTHER} END,
      'webhook', 'test', ${new Date(newest)}::timestamptz - interval '15 minutes' * n, ${new Date(newest)}::timestamptz - interval '15 minutes' * n
    FROM generate_series(1, ${count}) n`;
  const postings = Array.from({ length: count }, (_, nth): Posting => {
    const to = nth % 251 === 7 ? named : wallet;
    return {
      cause: { kind: 'transfer', id: `${prefix}${nth + 1}`, step: 'credit' },
      ...{
        kind: 'deposit',
        effectiveAt: new Date(newest - 15 * 60_000 * (nth + 1)),
        transferId: `${prefix}${nth + 1}`,
      },
      lines: [
        debit(cash(wallet.accountId, 'MXN'), 100_000n),
        credit(walletAccount(to, 'available'), 100_000n),
      ],
    };
  });
  for (let at = 0; at < count; at += 400)
    await transaction((tx) => postTransactions(tx, postings.slice(at, at + 400)));
}

/** What ends, by the verbs that end it, long after it began. */
async function lateEnds(): Promise<void> {
  const of = { accountId: wallet.accountId, numberId: wallet.numberId, number: wallet.number };
  // A deposit that is returned after thirty days.
  const back = { ...of, id: 'tr_back', at: daysAgo(30), comment: SAYS };
  await told(back);
  await told({ ...back, status: 'returned' }, { type: 'transfer.inbound.returned' });
  // One that nobody knew for twenty.
  const lost = {
    ...of,
    id: 'tr_lost',
    at: daysAgo(20),
    comment: SAYS,
    numberId: 'acno_none',
    number: '735969000000009999',
  };
  await told(lost);
  await transaction(async (tx) => {
    const transfer = await tx.transfer.findUniqueOrThrow({ where: { id: lost.id } });
    await creditSuspended(tx, operator, transfer, wallet, { reason: 'Es suyo.', alone: false });
  });
  // Withdrawals that waited for ten days: let go, paid with a fee, and paid of whom the payment alone says who it was.
  const released = await waiting(10, { beneficiaryName: SAYS });
  await transaction((tx) => giveBack(tx, system('expiry'), released, 'expired'));
  await paid(await waiting(10, { beneficiaryName: SAYS, feeAmount: 700n }), OTHER);
  await paid(await waiting(10, { beneficiaryName: OTHER, feeAmount: 700n }), SAYS);
  // And one that came back after a month.
  const gone = await waiting(31, { beneficiaryName: SAYS });
  await paid(gone, OTHER, 30);
  await paid(gone, OTHER, 30, 'returned');
  // What was corrected today as of three weeks ago.
  const { operating } = await transaction((tx) => houseWallets(tx, 'MXN'));
  await transaction((tx) =>
    postTransaction(tx, {
      cause: { kind: 'adjustment', id: randomUUID(), step: 'posted' },
      ...{ kind: 'adjustment', effectiveAt: daysAgo(21), note: `Error de ${SAYS}` },
      lines: [
        debit(walletAccount(wallet, 'available'), 300n),
        credit(walletAccount(operating, 'available'), 300n),
      ],
    }),
  );
}

/** A withdrawal that was asked for so many days ago, with its hold. */
async function waiting(
  days: number,
  facts: { beneficiaryName: string; feeAmount?: bigint },
): Promise<Withdrawal> {
  const { beneficiaryName, feeAmount = 0n } = facts;
  const withdrawal = await db().withdrawal.create({
    data: {
      ...{ walletId: wallet.id, accountId: wallet.accountId, asset: 'MXN', amount: 4_000n, feeAmount },
      ...{ beneficiaryName, destinationKind: 'clabe', destination: '631969456789123456' },
      ...{ status: 'submitting', firstSeen: true, requestedById: operator.id, requestId: randomUUID() },
      ...{ createdAt: daysAgo(days), updatedAt: daysAgo(days), submittedAt: daysAgo(days) },
    },
  });
  const total = withdrawal.amount + feeAmount;
  await transaction((tx) =>
    postTransaction(tx, {
      cause: { kind: 'withdrawal', id: withdrawal.id, step: 'hold' },
      ...{ kind: 'withdrawal_hold', effectiveAt: withdrawal.createdAt, withdrawalId: withdrawal.id },
      lines: [
        debit(walletAccount(wallet, 'available'), total, 'withdrawal'),
        credit(walletAccount(wallet, 'reserved'), total),
      ],
    }),
  );
  return withdrawal;
}

/** What Fintoc says of its payment. */
async function paid(withdrawal: Withdrawal, comment: string, days = 0, status = 'succeeded'): Promise<void> {
  await told({
    ...{ direction: 'outbound', accountId: wallet.accountId, id: `tr_${withdrawal.id.replaceAll('-', '')}` },
    ...{ amount: Number(withdrawal.amount), at: daysAgo(days), status, comment },
    metadata: { withdrawal_id: withdrawal.id, wallet_id: wallet.id },
  });
}

/** All movements about it, each looked at by itself. */
async function plain({ from, to, kind, direction }: MovementFilter): Promise<bigint[]> {
  const { settlement } = await transaction((tx) => houseWallets(tx, 'MXN'));
  const rows = await db().$queryRaw<{ id: bigint; kind: string; at: Date; amount: bigint; house: boolean }[]>`
    SELECT e.id, e.kind, e.effective_at AS at, e.amount, e.wallet_id = ${settlement.id}::uuid AS house
    FROM ledger_entries e WHERE e.wallet_id IS NOT NULL AND ${isAbout(typed, false)} ORDER BY e.effective_at DESC, e.id DESC`;
  return rows
    .filter((row) => (!from || row.at >= from) && (!to || row.at < to))
    .filter(
      (row) =>
        (!kind || kind.includes(row.kind)) &&
        (!direction || ((direction === 'in') === row.amount < 0n) !== row.house),
    )
    .map(({ id }) => id);
}

async function pages(filter: MovementFilter, size: number): Promise<bigint[]> {
  const found: bigint[] = [];
  let cursor: string | undefined;
  do {
    const page = await listMovements(ANYBODY, { ...filter, text: SAYS, cursor }, size);
    found.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

/** The first page, as it is found by the payments around its time. */
async function first(limit: number, to = new Date(NOW + DAY_MS)): Promise<bigint[] | null> {
  const order = await movementOrder({}, undefined);
  const span = Prisma.sql`e.wallet_id IS NOT NULL AND e.effective_at < ${to}`;
  const within = Prisma.sql`${span} AND ${isAbout(typed, false)}`;
  return sinceSaid(typed, false, { span, within, order, limit });
}

describe('the movements about two names', () => {
  it('are found by the payments around the time of a page, and none is missing, however late it was booked', async () => {
    const all = await plain({});
    for (const limit of [12, 20, 41, 60]) expect(await first(limit), `${limit}`).toEqual(all.slice(0, limit));
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 25, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        async (days, limit) => {
          const to = daysAgo(days);
          const found = await first(limit, to);
          if (found) expect(found).toEqual((await plain({ to })).slice(0, limit));
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(await first(20, daysAgo(9))).not.toBeNull();
  });

  it('are so page after page, under any filter', async () => {
    const filters: MovementFilter[] = [
      {},
      { to: daysAgo(9.5) },
      { from: daysAgo(21.5), to: daysAgo(1) },
      { kind: ['withdrawal', 'withdrawal_fee', 'deposit_return', 'withdrawal_return', 'withdrawal_release'] },
      { direction: 'in' },
      { direction: 'out' },
    ];
    for (const [nth, filter] of filters.entries())
      expect(await pages(filter, [7, 13, 29][nth % 3] ?? 7), JSON.stringify(filter)).toEqual(
        await plain(filter),
      );
  });

  it('hold each late end: what is booked of a payment is booked when its row changes, or the other of the two', async () => {
    const late = await db().$queryRaw<{ kind: string; changed: boolean }[]>`
      SELECT DISTINCT e.kind, greatest(f.updated_at, d.updated_at) >= e.effective_at - interval '1 day' AS changed
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
      LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
      WHERE e.wallet_id IS NOT NULL AND e.effective_at - least(f.transacted_at, d.created_at) > interval '4 days' ORDER BY 1`;
    expect(late).toEqual(
      ['deposit', 'deposit_return', 'withdrawal_fee', 'withdrawal_release', 'withdrawal_return'].map(
        (kind) => ({ kind, changed: true }),
      ),
    );
  });

  it('are so of what was dated ahead of when it was booked, by a wallet of the name as well', async () => {
    await manyDeposits('tr_ahead', NOW + 40 * DAY_MS, DEPOSITS / 2);
    const [to, limit] = [new Date(NOW + 50 * DAY_MS), 12];
    expect(await first(limit, to)).toEqual((await plain({})).slice(0, limit));
  });

  it('are found otherwise where rows were changed by the thousand, which tells nothing of what is late', async () => {
    await db().$executeRaw`UPDATE transfers SET updated_at = transacted_at + interval '60 days'`;
    expect(await first(12, new Date(NOW + 50 * DAY_MS))).toBeNull();
    expect(await pages({}, 60)).toEqual(await plain({}));
  });
});
