import { Zip, ZipDeflate } from 'fflate';
import { type Actor, may } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { csvWriter } from '~/lib/exports/csv';
import type { SheetColumn } from '~/lib/exports/sheet';
import { log } from '~/lib/log';
import { PackWriter } from '~/lib/packs/file';
import { HELD, rowsHeld } from '~/lib/packs/held';
import type { HeldRow } from '~/lib/packs/opened';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Held, LeaseLost, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { type PersonPack, Prisma } from '~/prisma/generated/client';

const QUEUE: Queue = {
  name: 'packs',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 300_000 },
  mostAttempts: 5,
};

const DUE = Prisma.sql`
  SELECT id::text AS item FROM person_packs WHERE state = 'queued' ORDER BY created_at, id LIMIT 20`;

/** Why there is no file: whoever asked may not any more, or something broke. */
export const PACK_FAILURES = ['asker_gone', 'broken'] as const;
type PackFailure = (typeof PACK_FAILURES)[number];

/** Makes the next file that somebody asked for. Returns how many it worked on. */
export function workPacks(): Promise<number> {
  return workOff(QUEUE, DUE, 1, work);
}

async function work(held: Held): Promise<void> {
  const pack = await db().personPack.findUniqueOrThrow({ where: { id: held.item } });
  if (!(await mayStill(pack))) return fail(held, 'asker_gone');
  try {
    await make(held, pack);
  } catch (error) {
    if (error instanceof LeaseLost || !nextTry(QUEUE, held.attempts).isLast) throw error;
    log.error({ pack: pack.id, err: error }, 'pack not made');
    await fail(held, 'broken');
  }
}

/** Whoever asked, as they are now. */
async function mayStill({ askedById: id }: PersonPack): Promise<boolean> {
  const operator = await db().operator.findUniqueOrThrow({ where: { id }, include: WITH_ROLE });
  const actor: Actor = { kind: 'operator', id, name: operator.name, role: roleOf(operator) };
  return operator.disabledAt === null && may(actor, 'people:export');
}

async function fail(held: Held, failure: PackFailure): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.personPackChunk.deleteMany({ where: { packId: held.item } });
    await tx.personPack.update({
      where: { id: held.item },
      data: { state: 'failed', failure, endedAt: new Date() },
    });
  });
}

/** One JSON of everything, and a CSV of each kind of which there is something. */
async function make(held: Held, pack: PersonPack): Promise<void> {
  const { customerId } = pack;
  const file = new PackWriter(held, pack);
  await file.begin();
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    file.push(chunk);
  });
  await writeJson(entryOf(zip, 'everything.json'), customerId, file);
  for (const kind of Object.keys(HELD)) await writeCsv(zip, kind, customerId, file);
  zip.end();
  await file.end();
}

function entryOf(zip: Zip, name: string): ZipDeflate {
  const entry = new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  return entry;
}

async function writeJson(entry: ZipDeflate, customerId: string, file: PackWriter): Promise<void> {
  const encoder = new TextEncoder();
  const say = (text: string) => entry.push(encoder.encode(text));
  say(`{"madeAt":${JSON.stringify(new Date())},"customerId":${JSON.stringify(customerId)}`);
  for (const kind of Object.keys(HELD)) {
    say(`,\n"${kind}":[`);
    let isFirst = true;
    for await (const rows of rowsHeld(kind, customerId)) {
      say(`${isFirst ? '' : ','}${rows.map((row) => JSON.stringify(row, exactly)).join(',\n')}`);
      isFirst = false;
      await file.flush();
    }
    say(']');
  }
  say('}\n');
  entry.push(new Uint8Array(), true);
}

/** A whole number as text: who reads it may round what stands there as a number. */
function exactly(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

async function writeCsv(zip: Zip, kind: string, customerId: string, file: PackWriter): Promise<void> {
  let sheet: { write: (rows: HeldRow[]) => void; entry: ZipDeflate } | null = null;
  for await (const rows of rowsHeld(kind, customerId)) {
    sheet ??= sheetOf(entryOf(zip, `${kind}.csv`), rows);
    sheet.write(rows);
    await file.flush();
  }
  sheet?.entry.push(new Uint8Array(), true);
}

/** Rows of one table have the same columns. */
function sheetOf(entry: ZipDeflate, first: readonly HeldRow[]) {
  const names = Object.keys(first[0] ?? {});
  const columns = names.map((header): SheetColumn => {
    const isNumber = first.some((row) => ['number', 'bigint'].includes(typeof row[header]));
    return { header, kind: isNumber ? 'count' : 'text', width: 20 };
  });
  const writer = csvWriter({ columns, hour: '' }, (chunk) => entry.push(chunk));
  return {
    entry,
    write: (rows: HeldRow[]) => writer.add(rows.map((row) => names.map((name) => cellOf(row[name])))),
  };
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Deletes the files whose time is over. That they were made stays. Returns how many it deleted. */
export async function forgetPacks(): Promise<number> {
  const over = await db().personPack.findMany({
    where: { state: 'ready', expiresAt: { lte: new Date() } },
    select: { id: true },
    take: 20,
  });
  for (const { id } of over)
    await transaction(async (tx) => {
      await tx.personPackChunk.deleteMany({ where: { packId: id } });
      await tx.personPack.update({ where: { id }, data: { state: 'expired' } });
    });
  return over.length;
}
