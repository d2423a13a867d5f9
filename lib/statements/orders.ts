import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, seesAll } from '~/lib/people/sight';
import { mainRail } from '~/lib/rails/registry';
import { addressesIn, type Whose, whoseOf } from '~/lib/statements/ask';
import { MOST_ORDERS, type OrderEnd, type StatementLocale } from '~/lib/statements/kinds';
import { isUuid } from '~/lib/uuid';
import type { Prisma, StatementFormat, StatementOrder, StatementScope } from '~/prisma/generated/client';

export type NewOrder = {
  scope: Exclude<StatementScope, 'all'>;
  scopeId: string;
  mailTo: readonly string[];
  format: StatementFormat;
  locale: StatementLocale;
  requestId: string;
};

/**
 * Has the statement of each month mailed once the month is over, beginning with the one that runs now. Throws `invalid`
 * by field, `not_found` for whom there is not, and `wallet_not_open` where every wallet is closed.
 */
export async function orderStatements(actor: OperatorActor, input: NewOrder): Promise<StatementOrder> {
  authorize(actor, 'lists:export');
  const addresses = addressesIn(input.mailTo, actor);
  if (addresses.length === 0) throw new InvalidInputError({ mailTo: 'required' });
  const { requestId, scope, format, locale } = input;
  const content = { scope, scopeId: input.scopeId, format, locale, addresses };
  return transaction((tx) => {
    const recall = (id: string) => tx.statementOrder.findUniqueOrThrow({ where: { id } });
    return once(tx, actor, { act: 'statement_order.make', requestId, content }, recall, async () => {
      const whose = await whoseOf(tx, input);
      if ((await tx.wallet.count({ where: { ...walletsOf(whose), status: { not: 'closed' } } })) === 0)
        throw new DomainError('wallet_not_open', 'Every wallet of it is closed.', { status: 'closed' });
      if ((await tx.statementOrder.count({ where: { ...whose, endedAt: null } })) >= MOST_ORDERS)
        throw new InvalidInputError({ mailTo: 'too_many_orders' });
      const timeZone = monthlyZone();
      const months = await monthOf(tx, timeZone);
      const made = await tx.statementOrder.create({
        data: { scope, ...whose, addresses, format, locale, timeZone, ...months, madeById: actor.id },
      });
      await recordOrder(tx, actor, 'statement_order.made', made);
      return made;
    });
  });
}

/** Whose months they are: where the bank's days are counted. */
export function monthlyZone(): string {
  return mainRail().facts().timeZone;
}

/** The one that runs now. */
async function monthOf(tx: Tx, timeZone: string): Promise<{ nextMonth: Date; nextAt: Date }> {
  const [months] = await tx.$queryRaw<{ nextMonth: Date; nextAt: Date }[]>`
    SELECT m::date AS "nextMonth", (m + interval '1 month') AT TIME ZONE ${timeZone} AS "nextAt"
    FROM date_trunc('month', now() AT TIME ZONE ${timeZone}) m`;
  if (!months) throw new Error('PostgreSQL answered nothing.');
  return months;
}

function walletsOf({ walletId, customerId, portfolioId }: Whose): Prisma.WalletWhereInput {
  if (walletId) return { id: walletId };
  return customerId ? { customerId } : { portfolioId };
}

/** Nothing more is sent by it. What was asked for already is a statement like any other. */
export async function stopStatements(actor: OperatorActor, { id }: { id: string }): Promise<StatementOrder> {
  authorize(actor, 'lists:export');
  authorize(actor, 'people:read');
  return transaction(async (tx) => {
    const before = await lockOrder(tx, id);
    if (before.endedAt === null) return endOrder(tx, actor, before, 'stopped');
    const [subject, subjectId] = await aboutOf(tx, before);
    await requireOwnDecision(tx, actor, {
      ...{ subject, id: subjectId, status: 'ended', act: 'statement_order.ended', ends: [] },
      after: { orderId: id },
    });
    return before;
  });
}

/** Ends one that runs, whose lock the caller holds. */
export async function endOrder(
  tx: Tx,
  actor: Actor,
  { id }: StatementOrder,
  why: OrderEnd,
): Promise<StatementOrder> {
  const endedById = why === 'stopped' && 'id' in actor ? actor.id : null;
  const ended = await tx.statementOrder.update({
    where: { id },
    data: { nextMonth: null, nextAt: null, endedAt: new Date(), endedWhy: why, endedById },
  });
  await recordOrder(tx, actor, 'statement_order.ended', ended);
  return ended;
}

export async function lockOrder(tx: Tx, id: string): Promise<StatementOrder> {
  if (!isUuid(id)) throw notFound('statement order', id);
  await lockRow(tx, 'statement_orders', id);
  const order = await tx.statementOrder.findUnique({ where: { id } });
  if (!order) throw notFound('statement order', id);
  return order;
}

/** On whom it is about, so that their history has it. Whom it goes to is not said there, only to how many. */
async function recordOrder(
  tx: Tx,
  actor: Actor,
  action: 'statement_order.made' | 'statement_order.ended',
  order: StatementOrder,
): Promise<void> {
  const { id: orderId, scope, walletId, portfolioId, addresses, format, locale, endedWhy } = order;
  const [subject, id] = await aboutOf(tx, order);
  const facts = { orderId, scope, walletId, portfolioId, mailedTo: addresses.length, format, locale };
  await recordAudit(tx, actor, {
    ...{ action, subject, id },
    after: { ...facts, ...(endedWhy && { outcome: endedWhy }) },
  });
}

async function aboutOf(
  tx: Tx,
  { walletId, customerId, portfolioId }: Whose,
): Promise<['wallet' | 'customer', string]> {
  if (walletId) return ['wallet', walletId];
  if (customerId) return ['customer', customerId];
  const portfolio = await tx.portfolio.findUniqueOrThrow({ where: { id: portfolioId ?? '' } });
  return ['customer', portfolio.customerId];
}

export type OrderFilter = { walletId?: string | undefined; customerId?: string | undefined };

const MOST_SHOWN = 200;

const SHOWN = {
  wallet: {
    select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
  },
  customer: { select: { id: true, name: true } },
  portfolio: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } },
  months: {
    orderBy: { month: 'desc' },
    take: 1,
    select: { month: true, statement: { select: { state: true } } },
  },
} satisfies Prisma.StatementOrderInclude;

type Kept = Prisma.StatementOrderGetPayload<{ include: typeof SHOWN }>;

export type OrderRow = Omit<Kept, 'months'> & {
  /** How many it goes to. */
  mailedTo: number;
  last: Kept['months'][number] | null;
  madeBy: string;
  endedBy: string | null;
};

/**
 * The orders that run, the newest first, and those that ended in the last month, with the last month of each; for who may
 * take lists away. Whom they go to only for who sees everybody.
 */
export async function listOrders(
  reader: Reader,
  { walletId, customerId }: OrderFilter = {},
): Promise<OrderRow[]> {
  authorize(reader, 'lists:export');
  const monthAgo = new Date(Date.now() - 30 * 86_400_000);
  const ofCustomer: Prisma.StatementOrderWhereInput[] = customerId
    ? [{ customerId }, { portfolio: { customerId } }, { wallet: { customerId } }]
    : [];
  const rows = await db().statementOrder.findMany({
    where: {
      AND: [
        { OR: [{ endedAt: null }, { endedAt: { gte: monthAgo } }] },
        ...(ofCustomer.length > 0 ? [{ OR: ofCustomer }] : []),
      ],
      ...(walletId && { walletId }),
    },
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'desc' }],
    take: MOST_SHOWN,
    include: SHOWN,
  });
  const names = await operatorNames(
    rows.flatMap(({ madeById, endedById }) => [madeById, endedById ?? []].flat()),
  );
  const isWhole = seesAll(reader);
  return rows.map(({ addresses, months: [last], ...order }) => ({
    ...order,
    addresses: isWhole ? addresses : [],
    mailedTo: addresses.length,
    last: last ?? null,
    madeBy: names.get(order.madeById) ?? '',
    endedBy: order.endedById === null ? null : (names.get(order.endedById) ?? null),
  }));
}
