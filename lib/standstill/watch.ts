import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { system } from '~/lib/actor';
import { callOff } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Queryable, type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { log } from '~/lib/log';
import { leapEvents } from '~/lib/outbox/read';
import { caughtUp } from '~/lib/standstill/caught-up';
import { doorsNow, type Shut, shutAgain } from '~/lib/standstill/doors';
import {
  type BooksNow,
  isOf,
  type Known,
  type Lack,
  lacksOf,
  type Mark,
  vouchesFrom,
} from '~/lib/standstill/mark';
import { readMarks, writeMark } from '~/lib/standstill/memory';
import { isMove } from '~/lib/standstill/own-payments';
import { BOOKS, type Named, PLACE } from '~/lib/standstill/place';
import { foundAgain } from '~/lib/standstill/standstill';
import { Prisma, type Standstill } from '~/prisma/generated/client';

/** What tells that the books are older than the world. */
type Signs = {
  lacks: Lack[];
  /** The server took up the work from a copy, and nothing here remembers how far it had come. */
  timeline: { known: number; now: number } | null;
  /** Transfers at Fintoc that these books must have sent, and know nothing of. */
  transfers: string[];
};

/**
 * Compares the books with what is remembered of them outside the database and with what they see at Fintoc. Where they
 * are older, payouts and openings stand still from now on; else the memory is brought up to date. Those that stand still
 * are compared as well: older ones may be put in their place once more. Every worker does it before anything else, and
 * every second.
 */
export async function watchBooks(): Promise<void> {
  const still = await db().standstill.findFirst({ where: { state: 'open' } });
  // The memory first: what another worker remembers a moment later, these books would seem to lack.
  const remembered = readMarks();
  const books = await booksNow(db());
  const marks = remembered.filter((mark) => isOf(mark, books)).filter((mark) => !isNoted(still, mark));
  const signs = await signsOf(books, marks);
  const isOlder = signs.lacks.length > 0 || signs.timeline !== null;
  if (still) {
    if (isOlder) return standStillAgain(still, books, signs, marks);
  } else {
    const transfers = await transfersNeverSent(vouchesFrom(marks, books, new Date()));
    if (isOlder || transfers.length > 0) return standStill(books, { ...signs, transfers }, marks);
  }
  const isElsewhere = books.knownTimeline !== books.timeline || books.knownPlace !== books.place;
  if (isElsewhere && (still || (await lacksNothing(books))))
    await transaction((tx) => rememberWhere(tx, books));
  writeMark(books, marks, still?.id);
}

/**
 * A replica that was made the primary, or a backup taken to the end of its log, may lack the last moment before: what is
 * remembered is as of the last look, and what was sent after that, nothing here remembers. So where the server took up
 * the work from a copy, nobody has looked yet (`IS_WATCHED`) until all that happened before was read from the rails. A
 * payout that the copy doesn't know makes everything stand still then, as after any restore.
 */
async function lacksNothing({ knownTimeline, timeline }: BooksNow): Promise<boolean> {
  if (knownTimeline === null || knownTimeline === timeline) return true;
  const at = await transaction((tx) => takenUpAt(tx, timeline));
  return (await caughtUp(db(), at)).isRead;
}

/** When it was seen first that the server is in this timeline. */
async function takenUpAt(tx: Tx, timeline: number): Promise<Date> {
  await tx.$executeRaw`SELECT FROM settings WHERE key = ${BOOKS} FOR UPDATE`;
  const named = await nameOfBooks(tx);
  if (named.takenUp?.timeline === timeline) return new Date(named.takenUp.at);
  const at = new Date();
  log.warn(
    { timeline },
    'the database was taken up by a copy: payouts wait until the rails were read up to now',
  );
  const value: Named = { ...named, takenUp: { timeline, at: at.toISOString() } };
  await tx.setting.update({ where: { key: BOOKS }, data: { value } });
  return at;
}

type Facts = Told & { again?: (Told & { foundAt: string })[] };
/** `shut`: null where nothing is remembered of who may get in. */
type Told = { signs: Signs; marks: Mark[]; shut: Shut[] | null };

/** Whether a standstill was opened on what a mark says: then it is no news. */
function isNoted(still: Standstill | null, mark: Mark): boolean {
  if (!still) return false;
  const { marks, again = [] } = still.facts as unknown as Facts;
  return [...marks, ...again.flatMap((each) => each.marks)].some((noted) => isDeepStrictEqual(noted, mark));
}

async function signsOf(books: BooksNow, marks: Mark[]): Promise<Signs> {
  const lacks: Lack[] = [];
  for (const mark of marks) lacks.push(...lacksOf(mark, books, await knownOf(mark)));
  const { knownTimeline: known, timeline: now } = books;
  const isCopy = known !== null && known !== now && marks.length === 0;
  return { lacks, timeline: isCopy ? { known, now } : null, transfers: [] };
}

async function knownOf({ transaction, transactionIs, audit, auditIs, sent }: Mark): Promise<Known> {
  const [row] = await db().$queryRaw<Known[]>`
    SELECT
      ${transactionIs ?? ''} = '' OR EXISTS (SELECT 1 FROM ledger_transactions t
        WHERE t.id = ${transaction}::bigint AND ${transactionIs ?? ''} IN (${TRANSACTION_IS}, 'fintoc:' || ${TRANSACTION_IS})) AS transaction,
      ${auditIs ?? ''} = '' OR EXISTS (SELECT 1 FROM audit_entries a
        WHERE a.id = ${audit}::bigint AND ${AUDIT_IS} = ${auditIs ?? ''}) AS audit,
      (SELECT submit_attempts FROM withdrawals WHERE id = ${sent?.id ?? null}::uuid) AS attempts`;
  if (!row) throw new Error('One row is always answered.');
  return row;
}

/** The same is never written at the same microsecond again. Of a transfer, older memories name Fintoc before it. */
const TRANSACTION_IS = Prisma.sql`concat_ws(' ', ledger_cause(t.cause_kind, t.cause_id, t.step, t.round), extract(epoch FROM t.posted_at))`;
const AUDIT_IS = Prisma.sql`concat_ws(' ', a.subject_type, a.subject_id, a.action, extract(epoch FROM a.at))`;

/**
 * A withdrawal that Fintoc has and that is unknown here, or was never sent from here: a request is written down before
 * it leaves, so books that had sent it have forgotten. Those that people have seen when they let go, or explained, don't
 * count again; nor do marks on payouts made since books were watched that lack nothing (`vouchesFrom`).
 */
async function transfersNeverSent(vouchedFrom: Date | null): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH since AS (SELECT coalesce(max(released_at), '-infinity') AS at FROM standstills)
    SELECT t.id FROM transfers t, since
    WHERE t.direction = 'outbound' AND t.wallet_id IS NULL AND t.created_at > since.at
      AND t.transacted_at < coalesce(${vouchedFrom}::timestamptz, 'infinity')
      AND NOT EXISTS (SELECT 1 FROM unexplained_payouts u WHERE u.transfer_id = t.id AND u.explained_at IS NOT NULL)
      AND t.marked_withdrawal_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.id = t.marked_withdrawal_id AND w.submit_attempts > 0)
      AND NOT ${isMove(Prisma.sql`t`)}
    UNION
    SELECT t.id FROM withdrawals w JOIN transfers t ON t.id = w.transfer_id, since
    WHERE w.submit_attempts = 0 AND w.transfer_id IS NOT NULL AND t.created_at > since.at
    LIMIT 100`;
  return rows.map(({ id }) => id);
}

async function standStill(books: BooksNow, signs: Signs, marks: Mark[]): Promise<void> {
  await transaction(async (tx) => {
    const [opened] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO standstills (id, kind, facts)
      VALUES (${randomUUID()}::uuid, 'books_older', ${JSON.stringify({ signs, books, marks })}::jsonb)
      ON CONFLICT (state) WHERE state = 'open' DO NOTHING RETURNING id`;
    if (!opened) return;
    await leapEvents(tx);
    const shut = JSON.stringify({ shut: await shutAgain(tx, marks) });
    await tx.$executeRaw`UPDATE standstills SET facts = facts || ${shut}::jsonb WHERE id = ${opened.id}::uuid`;
    // The gate says from now on why nothing leaves.
    await rememberWhere(tx, books);
    log.error({ standstill: opened.id, signs }, 'the books are older than the world: nothing is paid out');
    const after = { ...signs, transaction: books.transaction };
    await recordAudit(tx, system('standstill'), {
      action: 'standstill.opened',
      subject: 'standstill',
      id: opened.id,
      after,
    });
  });
}

/** Nobody who has let them go on knew of this: what was said before it counts no more. */
async function standStillAgain(
  seen: Standstill,
  books: BooksNow,
  signs: Signs,
  marks: Mark[],
): Promise<void> {
  await transaction(async (tx) => {
    await lockRow(tx, 'standstills', seen.id);
    const still = await tx.standstill.findUniqueOrThrow({ where: { id: seen.id } });
    // Another worker saw the same.
    if (still.state !== 'open' || foundAgain(still).length > foundAgain(seen).length) return;
    const facts = still.facts as unknown as Facts;
    const told = { signs, books, marks, shut: await shutAgain(tx, marks) };
    const again = [...(facts.again ?? []), { foundAt: new Date().toISOString(), ...told }];
    await tx.$executeRaw`
      UPDATE standstills SET facts = ${JSON.stringify({ ...facts, again })}::jsonb WHERE id = ${seen.id}::uuid`;
    await leapEvents(tx);
    await callOff(tx, ['standstill.release'], seen.id);
    await rememberWhere(tx, books);
    log.error({ standstill: seen.id, signs }, 'books that stand still were put back once more');
    const after = { ...signs, transaction: books.transaction };
    await recordAudit(tx, system('standstill'), {
      action: 'standstill.older_again',
      subject: 'standstill',
      id: seen.id,
      after,
    });
  });
}

/** What the books say of themselves; they get their name when they are asked first. */
export async function booksNow(client: Queryable): Promise<BooksNow> {
  const named = await nameOfBooks(client);
  const [row] = await client.$queryRaw<
    {
      system: string;
      database: string;
      timeline: number;
      place: string;
      transaction: bigint;
      transactionIs: string;
      audit: bigint;
      auditIs: string;
      sentId: string | null;
      attempts: number | null;
      sentAt: Date | null;
    }[]
  >`
    SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system, current_database()::text AS database,
           ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int AS timeline,
           ${PLACE} AS place,
           coalesce(t.id, 0)::bigint AS transaction, coalesce(t.is, '') AS "transactionIs",
           coalesce(a.id, 0)::bigint AS audit, coalesce(a.is, '') AS "auditIs",
           w.id::text AS "sentId", w.submit_attempts AS attempts, w.submitted_at AS "sentAt"
    FROM (SELECT) one
    LEFT JOIN LATERAL (SELECT id, ${TRANSACTION_IS} AS is FROM ledger_transactions t ORDER BY id DESC LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT id, ${AUDIT_IS} AS is FROM audit_entries a ORDER BY id DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (SELECT id, submit_attempts, submitted_at FROM withdrawals WHERE submitted_at IS NOT NULL
      ORDER BY submitted_at DESC LIMIT 1) w ON true`;
  if (!row) throw new Error('The books answered nothing of themselves.');
  const { system, database, timeline, place, transactionIs, auditIs, sentId, attempts, sentAt } = row;
  return {
    books: named.id,
    formerly: named.formerly,
    knownTimeline: named.timeline,
    place,
    knownPlace: named.server ?? null,
    system,
    database,
    timeline,
    transaction: String(row.transaction),
    audit: String(row.audit),
    transactionIs,
    auditIs,
    sent: sentId && sentAt ? { id: sentId, attempts: attempts ?? 0, at: sentAt.toISOString() } : null,
    doors: await doorsNow(client),
  };
}

async function nameOfBooks(client: Queryable): Promise<Named> {
  const fresh: Named = { id: randomUUID(), timeline: null, formerly: [] };
  await client.setting.createMany({ data: [{ key: BOOKS, value: fresh }], skipDuplicates: true });
  const row = await client.setting.findUniqueOrThrow({ where: { key: BOOKS } });
  return row.value as Named;
}

async function rememberWhere(tx: Tx, { timeline, place }: BooksNow): Promise<void> {
  const { takenUp: _over, ...named } = await nameOfBooks(tx);
  const value: Named = { ...named, timeline, server: place };
  await tx.setting.update({ where: { key: BOOKS }, data: { value } });
}

/** From now on, what was remembered of the books under their old name is about others. */
export async function nameAnew(tx: Tx): Promise<void> {
  const { books, formerly, timeline, place } = await booksNow(tx);
  const value: Named = { id: randomUUID(), timeline, server: place, formerly: [...formerly, books] };
  await tx.setting.update({ where: { key: BOOKS }, data: { value } });
}
