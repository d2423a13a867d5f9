import { Zip, ZipPassThrough } from 'fflate';
import { type Actor, may } from '~/lib/actor';
import { permissionsOf, type Scope } from '~/lib/api/scopes';
import { db, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import { readerOf } from '~/lib/people/reveals';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Reader, seesAll } from '~/lib/people/sight';
import { type Held, LeaseLost, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { upToNow } from '~/lib/replica';
import { inScopeOf } from '~/lib/scope';
import { tellOfStatement } from '~/lib/statements/ask';
import { factsOf, linesOf, NotChained, type StatementFacts } from '~/lib/statements/content';
import { FileWriter } from '~/lib/statements/file';
import type { StatementFailure, StatementLocale } from '~/lib/statements/kinds';
import { namesFor, zipName } from '~/lib/statements/names';
import { type Part, partsOf } from '~/lib/statements/parts';
import { StatementPdf } from '~/lib/statements/pdf';
import { type Platform, platformOf } from '~/lib/statements/platform';
import { type Speaker, speakerOf } from '~/lib/statements/said';
import { statementXlsx } from '~/lib/statements/xlsx';
import { Prisma, type Statement } from '~/prisma/generated/client';

const QUEUE: Queue = {
  name: 'statements',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 300_000 },
  mostAttempts: 5,
};

/** So many lines are written before others have their turn in this worker. */
const LINES_IN_A_ROW = 25;

/**
 * Of a time that has just ended the last postings may still be committing: they take half a minute at most, and no
 * statement may miss one.
 */
const DUE = Prisma.sql`
  SELECT id::text AS item FROM statements
  WHERE state IN ('queued', 'making') AND (to_at > now() OR to_at <= now() - interval '1 minute')
  ORDER BY created_at, id LIMIT 50`;

/** Makes the next statement that somebody asked for. Returns how many it worked on. */
export function workStatements(): Promise<number> {
  return workOff(QUEUE, DUE, 1, work);
}

class Refused extends Error {
  readonly failure: StatementFailure;

  constructor(failure: StatementFailure) {
    super(failure);
    this.failure = failure;
  }
}

async function work(held: Held): Promise<void> {
  try {
    const statement = await db().statement.findUniqueOrThrow({ where: { id: held.item } });
    // What broke once may have been the replica's.
    const isFirst = held.attempts <= 1;
    await (isFirst ? upToNow(() => make(held, statement)) : make(held, statement));
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    const failure = failureOf(error);
    if (failure === 'broken' && !nextTry(QUEUE, held.attempts).isLast) throw error;
    if (failure === 'broken' || failure === 'not_chained')
      log.error({ statement: held.item, err: error }, 'statement not made');
    await fail(held, failure);
  }
}

function failureOf(error: unknown): StatementFailure {
  if (error instanceof Refused) return error.failure;
  return error instanceof NotChained ? 'not_chained' : 'broken';
}

async function fail(held: Held, failure: StatementFailure): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.statementChunk.deleteMany({ where: { statementId: held.item } });
    const failed = await tx.statement.update({
      where: { id: held.item },
      data: { state: 'failed', failure, endedAt: new Date() },
    });
    await tellOfStatement(tx, 'statement.failed', failed);
  });
}

async function make(held: Held, statement: Statement): Promise<void> {
  const asker = await askerOf(statement);
  return inScopeOf(asker, async () => makeFor(await readerFor(asker), held, statement));
}

async function makeFor(reader: Reader, held: Held, statement: Statement): Promise<void> {
  const parts = await partsOf(statement);
  if (parts === null) throw new Refused('too_many');
  const [first] = parts;
  if (!first) throw new Refused('nothing');
  const file = new FileWriter(held, statement.id);
  await file.begin();
  await transaction((tx) =>
    tx.statement.update({
      where: { id: statement.id },
      data: { state: 'making', files: parts.length, done: 0, lines: 0n },
    }),
  );
  const press: Press = {
    ...{ reader, statement, file, madeAt: new Date() },
    speaker: speakerOf(statement.locale as StatementLocale, statement.timeZone),
    platform: await platformOf(),
    progress: { done: 0, lines: 0n },
  };
  const names = namesFor(statement, press.speaker.words);
  if (parts.length > 1) {
    await writeZip(press, parts, names);
    await file.end(zipName(statement, press.speaker.words), press.progress, seesAll(reader));
    return;
  }
  const facts = await factsOf(reader, statement, first, press.speaker.words, press.madeAt);
  await writePart(press, first, facts, file.push);
  press.progress.done = 1;
  await file.end(names(facts), press.progress, seesAll(reader));
}

/** What every part is written with. */
type Press = {
  reader: Reader;
  statement: Statement;
  file: FileWriter;
  madeAt: Date;
  speaker: Speaker;
  platform: Platform;
  progress: { done: number; lines: bigint };
};

/** They are compressed already: a ZIP only holds them together. */
async function writeZip(
  press: Press,
  parts: readonly Part[],
  names: (facts: StatementFacts) => string,
): Promise<void> {
  const { reader, statement, speaker, madeAt, file, progress } = press;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    file.push(chunk);
  });
  for (const part of parts) {
    const facts = await factsOf(reader, statement, part, speaker.words, madeAt);
    const entry = new ZipPassThrough(names(facts));
    zip.add(entry);
    await writePart(press, part, facts, (chunk) => entry.push(chunk));
    entry.push(new Uint8Array(), true);
    progress.done += 1;
    await file.flush(progress);
  }
  zip.end();
}

async function writePart(
  press: Press,
  part: Part,
  facts: StatementFacts,
  emit: (chunk: Uint8Array) => void,
): Promise<void> {
  const { reader, statement, speaker, platform, progress, file } = press;
  const sheet =
    statement.format === 'pdf'
      ? new StatementPdf(facts, speaker, platform, emit)
      : statementXlsx(facts, speaker, platform.name, emit);
  for await (const lines of linesOf(reader, part, facts.opening)) {
    for (let at = 0; at < lines.length; at += LINES_IN_A_ROW) {
      sheet.add(lines.slice(at, at + LINES_IN_A_ROW));
      await new Promise(setImmediate);
    }
    progress.lines += BigInt(lines.length);
    await file.flush(progress);
  }
  await sheet.end();
}

/** Whoever asked, as they are now: a role or scope that was taken away since counts. */
async function askerOf({ askedByKind, askedById: id }: Statement): Promise<Actor> {
  const asker = askedByKind === 'key' ? await keyOf(id) : await operatorOf(id);
  if (!asker) throw new Refused('asker_gone');
  return asker;
}

async function readerFor(asker: Actor): Promise<Reader> {
  if (!may(asker, 'lists:export')) throw new Refused('asker_gone');
  return readerOf(asker);
}

async function operatorOf(id: string): Promise<Actor | null> {
  const operator = await db().operator.findUnique({ where: { id }, include: WITH_ROLE });
  if (!operator || operator.disabledAt) return null;
  return { kind: 'operator', id, name: operator.name, role: roleOf(operator) };
}

async function keyOf(id: string): Promise<Actor | null> {
  const key = await db().apiKey.findUnique({ where: { id } });
  if (!key || key.revokedAt || (key.expiresAt && key.expiresAt <= new Date())) return null;
  const { name, portfolioIds } = key;
  const scopes = permissionsOf(key.scopes as Scope[]);
  return { kind: 'key', id, name, scopes, limits: {}, portfolioIds };
}

/** Deletes the files whose time is over, some at a time. That they were made stays. Returns how many it deleted. */
export async function forgetStatements(): Promise<number> {
  const over = await db().statement.findMany({
    where: { state: 'ready', expiresAt: { lte: new Date() } },
    orderBy: { expiresAt: 'asc' },
    select: { id: true },
    take: 20,
  });
  for (const { id } of over)
    await transaction(async (tx) => {
      await tx.statementChunk.deleteMany({ where: { statementId: id } });
      await tx.statement.update({ where: { id }, data: { state: 'expired' } });
    });
  return over.length;
}
