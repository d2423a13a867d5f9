import { type OperatorActor, system } from '~/lib/actor';
import { type Tx, transaction } from '~/lib/db';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Held, type Queue, stillHeld, workOff } from '~/lib/queue';
import { can } from '~/lib/roles';
import { putDown } from '~/lib/statements/ask';
import { endOrder, lockOrder } from '~/lib/statements/orders';
import { Prisma, type StatementOrder } from '~/prisma/generated/client';

const QUEUE: Queue = {
  name: 'statement_orders',
  leaseSeconds: 30,
  backoff: { firstMs: 5_000, mostMs: 300_000 },
};
/** Until a minute after a month: its last postings may still be committing. */
const DUE = Prisma.sql`
  SELECT id::text AS item FROM statement_orders
  WHERE ended_at IS NULL AND next_at <= now() - interval '1 minute' ORDER BY next_at, id LIMIT 200`;

/**
 * Asks for the statement of each month that is over, with its mails, by who ordered it. The statement, the word that the
 * month was sent and the next month commit together: so whoever dies when, each month is sent once. Months that nobody
 * was there for come one after the other. Answers how many orders were due.
 */
export function runStatementOrders(): Promise<number> {
  return workOff(QUEUE, DUE, 20, async (held) => {
    await transaction(async (tx) => {
      await stillHeld(tx, held);
      await run(tx, held);
    });
  });
}

async function run(tx: Tx, { item }: Held): Promise<void> {
  const order = await lockOrder(tx, item);
  const { nextMonth: month, nextAt } = order;
  if (month === null || nextAt === null || nextAt > new Date()) return;
  const maker = await makerOf(tx, order);
  if (!maker) return void (await endOrder(tx, system('statements'), order, 'maker_gone'));
  const days = await daysOf(tx, order);
  const { isOpen, moved, holds } = await standingOf(tx, order, days);
  if (!isOpen && !moved) return void (await endOrder(tx, system('statements'), order, 'closed'));
  // Of one wallet it is worth saying that nothing moved; of many that have nothing either there is no file.
  const isTold = order.scope === 'wallet' || moved || holds;
  const statementId = isTold ? await ask(tx, maker, order, days) : null;
  await tx.statementOrderMonth.create({ data: { orderId: order.id, month, statementId } });
  await tx.statementOrder.update({
    where: { id: order.id },
    data: { nextMonth: days.nextMonth, nextAt: days.nextAt },
  });
}

/** Whoever ordered it, as they are now; null where they may not send statements any more. */
async function makerOf(tx: Tx, { madeById: id }: StatementOrder): Promise<OperatorActor | null> {
  const maker = await tx.operator.findUniqueOrThrow({ where: { id }, include: WITH_ROLE });
  const role = roleOf(maker);
  const may = maker.disabledAt === null && can(role, 'lists:export') && can(role, 'people:read');
  return may ? { kind: 'operator', id, name: maker.name, role } : null;
}

type Month = Record<'fromDay' | 'toDay' | 'fromAt' | 'toAt' | 'nextMonth' | 'nextAt', Date>;

/** The month that is over, and the one after it. */
async function daysOf(tx: Tx, { nextMonth, timeZone }: StatementOrder): Promise<Month> {
  const [days] = await tx.$queryRaw<Month[]>`
    SELECT m::date AS "fromDay", (next - interval '1 day')::date AS "toDay", m AT TIME ZONE ${timeZone} AS "fromAt",
           next AT TIME ZONE ${timeZone} AS "toAt", next::date AS "nextMonth",
           (next + interval '1 month') AT TIME ZONE ${timeZone} AS "nextAt"
    FROM (SELECT ${nextMonth}::date::timestamp AS m, ${nextMonth}::date + interval '1 month' AS next) d`;
  if (!days) throw new Error('PostgreSQL answered nothing.');
  return days;
}

type Standing = {
  /** Whether any wallet of it isn't closed. */
  isOpen: boolean;
  /** Whether anything was booked in the month. */
  moved: boolean;
  /** Whether anything was left at its end. */
  holds: boolean;
};

async function standingOf(tx: Tx, order: StatementOrder, { fromAt, toAt }: Month): Promise<Standing> {
  const { walletId, customerId, portfolioId } = order;
  const [row] = await tx.$queryRaw<Standing[]>`
    SELECT coalesce(bool_or(w.status <> 'closed'), false) AS "isOpen",
           coalesce(bool_or(ledger_sequence_at(a.id, ${toAt}) > coalesce(ledger_sequence_at(a.id, ${fromAt}), 0)), false) AS moved,
           coalesce(bool_or(coalesce((ledger_balance_at(a.id, ${toAt}, 'posted')).balance, 0) <> 0), false) AS holds
    FROM wallets w
    LEFT JOIN ledger_accounts a ON a.owner_id = w.id::text AND a.bucket = 'available'
    WHERE w.id = ${walletId}::uuid OR w.customer_id = ${customerId}::uuid OR w.portfolio_id = ${portfolioId}::uuid`;
  if (!row) throw new Error('PostgreSQL answered nothing.');
  return row;
}

async function ask(tx: Tx, maker: OperatorActor, order: StatementOrder, days: Month): Promise<string> {
  const {
    id: orderId,
    scope,
    walletId,
    customerId,
    portfolioId,
    timeZone,
    format,
    locale,
    addresses,
  } = order;
  const { fromDay, toDay, fromAt, toAt } = days;
  const content = {
    ...{ scope, walletId, customerId, portfolioId, asset: null, timeZone, format, locale },
    ...{ fromDay, toDay, fromAt, toAt },
  };
  const { id } = await putDown(tx, maker, content, addresses, { orderId });
  return id;
}
