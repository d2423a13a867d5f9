import { type Actor, authorize, type Requester, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { isAsset } from '~/lib/money';
import { once } from '~/lib/once';
import { emit } from '~/lib/outbox/emit';
import type { Subject } from '~/lib/outbox/subjects';
import { MOST_ADDRESSES, type StatementLocale } from '~/lib/statements/kinds';
import { lineOf } from '~/lib/text';
import { isTimeZone } from '~/lib/time-zones';
import { isEmail } from '~/lib/typed-text';
import { isUuid } from '~/lib/uuid';
import type { Statement, StatementFormat, StatementScope } from '~/prisma/generated/client';

export type NewStatement = {
  scope: StatementScope;
  /** Of the wallet, customer or portfolio; nothing for all. */
  scopeId?: string | undefined;
  /** Left out, every one that there is. */
  asset?: string | undefined;
  /** Days of the zone, `2026-10-01`, both included. */
  from: string;
  to: string;
  timeZone: string;
  format: StatementFormat;
  locale: StatementLocale;
  /** Addresses that it goes to by mail, once it is made. */
  mailTo?: readonly string[] | undefined;
  requestId?: string | undefined;
};

/** How many may wait for the worker at once, of one who asks. */
const MOST_WAITING = 20;

/**
 * Asks for statements of a time, which a worker makes. Throws `invalid` by field for days that are none, turned round or
 * to come, and `not_found` for whom there is not.
 */
export async function askStatement(actor: Requester, input: NewStatement): Promise<Statement> {
  authorize(actor, 'lists:export');
  const addresses = addressesIn(input.mailTo, actor);
  const { requestId, ...content } = input;
  const days = await daysOf(input);
  return transaction(async (tx) => {
    const recall = (id: string) => tx.statement.findUniqueOrThrow({ where: { id } });
    return once(tx, actor, { act: 'statement.ask', requestId, content }, recall, async () => {
      const whose = await whoseOf(tx, input);
      const waiting = await tx.statement.count({
        where: { askedById: actor.id, state: { in: ['queued', 'making'] } },
      });
      if (waiting >= MOST_WAITING)
        throw new DomainError('statements_wait', `${waiting} statements wait to be made.`, { waiting });
      const { scope, asset = null, timeZone, format, locale } = input;
      return putDown(tx, actor, { scope, ...whose, asset, ...days, timeZone, format, locale }, addresses);
    });
  });
}

type Checked = Whose & Days & Pick<Statement, 'scope' | 'asset' | 'timeZone' | 'format' | 'locale'>;

/** What was checked, for a worker to make and for a mail to take along. `facts` go into its audit row. */
export async function putDown(
  tx: Tx,
  actor: Requester,
  content: Checked,
  addresses: readonly string[],
  facts: Record<string, unknown> = {},
): Promise<Statement> {
  const made = await tx.statement.create({
    data: { ...content, askedByKind: actor.kind, askedById: actor.id },
  });
  await recordStatement(tx, actor, 'statement.requested', made, facts);
  await addMails(tx, actor, made, addresses);
  return made;
}

/** On whom it is about, so that their history has it; else on itself. */
export function recordStatement(
  tx: Tx,
  actor: Actor,
  action: 'statement.requested' | 'statement.downloaded' | 'statement.mailed',
  statement: Statement,
  facts: Record<string, unknown> = {},
): Promise<void> {
  const { id, walletId, customerId, portfolioId, fromDay, toDay, asset, format, scope } = statement;
  const [subject, subjectId]: [Subject, string] = walletId
    ? ['wallet', walletId]
    : customerId
      ? ['customer', customerId]
      : ['statement', id];
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return recordAudit(tx, actor, {
    ...{ action, subject, id: subjectId },
    after: {
      statementId: id,
      scope,
      portfolioId,
      asset,
      from: day(fromDay),
      to: day(toDay),
      format,
      ...facts,
    },
  });
}

/**
 * Where it goes by mail, each once. Only people send what may show somebody's data, and they must see it themselves.
 * Throws `invalid`.
 */
export function addressesIn(mailTo: readonly string[] | undefined = [], actor: Requester): string[] {
  const addresses = [...new Set(mailTo.map((text) => lineOf(text).toLowerCase()))].filter(Boolean);
  if (addresses.length === 0) return [];
  if (actor.kind !== 'operator')
    throw new DomainError('forbidden', 'Only people send statements by mail.', { permission: 'people:read' });
  authorize(actor, 'people:read');
  if (addresses.length > MOST_ADDRESSES) throw new InvalidInputError({ mailTo: 'too_many_rows' });
  if (!addresses.every((address) => address.length <= 254 && isEmail(address)))
    throw new InvalidInputError({ mailTo: 'email_format' });
  return addresses;
}

/** What goes there already doesn't go again. How many were added. */
export async function addMails(
  tx: Tx,
  actor: Requester,
  statement: Statement,
  addresses: readonly string[],
): Promise<number> {
  if (addresses.length === 0) return 0;
  const { count } = await tx.statementMail.createMany({
    data: addresses.map((address) => ({ statementId: statement.id, address, askedById: actor.id })),
    skipDuplicates: true,
  });
  if (count > 0) await recordStatement(tx, actor, 'statement.mailed', statement, { mailedTo: count });
  return count;
}

/** How it ended, to whoever waits for it: no act of anybody's, so that it has no audit row. */
export function tellOfStatement(
  tx: Tx,
  type: 'statement.ready' | 'statement.failed',
  after: Statement,
): Promise<void> {
  const { id, state, asset, failure: failureCode, ...ids } = after;
  const { walletId, customerId, portfolioId } = ids;
  const facts = { status: state, asset, failureCode, walletId, customerId, portfolioId };
  return emit(tx, system('statements'), [{ type, subject: 'statement', id, after: facts }]);
}

type Days = Pick<Statement, 'fromDay' | 'toDay' | 'fromAt' | 'toAt'>;

async function daysOf({ from, to, timeZone, asset }: NewStatement): Promise<Days> {
  const faults: Record<string, string> = {
    ...(!isDay(from) && { from: 'day_format' }),
    ...(!isDay(to) && { to: 'day_format' }),
    ...(!isTimeZone(timeZone) && { timeZone: 'time_zone' }),
    ...(asset !== undefined && !isAsset(asset) && { asset: 'unknown_asset' }),
  };
  if (Object.keys(faults).length > 0) throw new InvalidInputError(faults);
  if (to < from) throw new InvalidInputError({ to: 'before_start' });
  const [days] = await db().$queryRaw<(Days & { today: string })[]>`
    SELECT ${from}::date AS "fromDay", ${to}::date AS "toDay", ${from}::date::timestamp AT TIME ZONE ${timeZone} AS "fromAt",
           (${to}::date + 1)::timestamp AT TIME ZONE ${timeZone} AS "toAt", (now() AT TIME ZONE ${timeZone})::date::text AS today`;
  if (!days) throw new Error('PostgreSQL answered nothing.');
  const { today, ...rest } = days;
  if (to > today) throw new InvalidInputError({ to: 'in_the_future' });
  return rest;
}

/** A day of a century that has anything to do with money. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return (
    /^20\d{2}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(at.getTime()) &&
    at.toISOString().slice(0, 10) === text
  );
}

export type Whose = Pick<Statement, 'walletId' | 'customerId' | 'portfolioId'>;

/** Throws `not_found`. */
export async function whoseOf(
  tx: Tx,
  { scope, scopeId = '' }: Pick<NewStatement, 'scope' | 'scopeId'>,
): Promise<Whose> {
  const nobody: Whose = { walletId: null, customerId: null, portfolioId: null };
  if (scope === 'all') return nobody;
  const where = { where: { id: scopeId }, select: { id: true } };
  const find = {
    wallet: () => tx.wallet.findUnique(where),
    customer: () => tx.customer.findUnique(where),
    portfolio: () => tx.portfolio.findUnique(where),
  }[scope];
  if (!isUuid(scopeId) || !(await find())) throw notFound(scope, scopeId);
  return { ...nobody, [`${scope}Id`]: scopeId };
}
