import { createHash } from 'node:crypto';
import { type Actor, authorize, may } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { noteLook } from '~/lib/people/looks';
import { finish, type Held, stillHeld } from '~/lib/queue';
import { recordStatement, tellOfStatement } from '~/lib/statements/ask';
import { FILE_DAYS, FILE_TYPES, fileTypeOf } from '~/lib/statements/kinds';
import { partsOf } from '~/lib/statements/parts';
import { isUuid } from '~/lib/uuid';
import type { Statement } from '~/prisma/generated/client';

/** So much of a file stands in one row, and in memory. */
const CHUNK_BYTES = 256 * 1024;

export type WrittenFile = { name: string; bytes: bigint; sha256: Uint8Array<ArrayBuffer> };

/**
 * Writes a file piece by piece, as long as whoever writes it still holds the work: what another worker wrote before is
 * taken away first. `flush` is where memory is freed.
 */
export class FileWriter {
  private nth = 0;
  private size = 0n;
  private readonly hash = createHash('sha256');
  private readonly pending: Uint8Array[] = [];
  private pendingBytes = 0;

  private readonly held: Held;
  private readonly statementId: string;

  constructor(held: Held, statementId: string) {
    this.held = held;
    this.statementId = statementId;
  }

  async begin(): Promise<void> {
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      await tx.statementChunk.deleteMany({ where: { statementId: this.statementId } });
    });
  }

  readonly push = (chunk: Uint8Array): void => {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
  };

  /** Writes what there is in whole pieces; at the end all of it. */
  async flush(progress: { done: number; lines: bigint }, end = false): Promise<void> {
    if (!end && this.pendingBytes < CHUNK_BYTES) return;
    const whole = Buffer.concat(this.pending.splice(0));
    this.pendingBytes = 0;
    const data: { statementId: string; nth: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
    for (let at = 0; at < whole.length; at += CHUNK_BYTES) {
      const bytes = new Uint8Array(whole.subarray(at, at + CHUNK_BYTES));
      data.push({ statementId: this.statementId, nth: this.nth, bytes });
      this.hash.update(bytes);
      this.size += BigInt(bytes.length);
      this.nth += 1;
    }
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      // One by one: a driver that is given all of them at once holds each several times.
      for (const each of data) await tx.statementChunk.create({ data: each, select: { nth: true } });
      await tx.statement.update({ where: { id: this.statementId }, data: progress });
    });
  }

  /** From here on it can be taken. */
  async end(name: string, progress: { done: number; lines: bigint }, isWhole: boolean): Promise<void> {
    await this.flush(progress, true);
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      const now = Date.now();
      const ready = await tx.statement.update({
        where: { id: this.statementId },
        data: {
          ...{ state: 'ready', fileName: name, bytes: this.size, isWhole, ...progress },
          sha256: new Uint8Array(this.hash.digest()),
          ...{ endedAt: new Date(now), expiresAt: new Date(now + FILE_DAYS * 86_400_000) },
        },
      });
      await tellOfStatement(tx, 'statement.ready', ready);
      await finish(tx, this.held);
    });
  }
}

/** A file on its way out, and what is said of it. */
export type TakenFile = { name: string; type: string; bytes: bigint; body: ReadableStream<Uint8Array> };

/**
 * The file of a statement, for who may take lists away and, where it shows what is personal, sees everybody. That it was
 * taken is written down before its first byte leaves. Throws `statement_expired` once its time is over, and `conflict`
 * while it isn't made.
 */
export async function takeStatement(actor: Actor, { id }: { id: string }): Promise<TakenFile> {
  authorize(actor, 'lists:export');
  const statement = isUuid(id) ? await db().statement.findUnique({ where: { id } }) : null;
  if (!statement) throw notFound('statement', id);
  const { isWhole } = statement;
  const file = fileOf(statement);
  if (isWhole && !may(actor, 'people:read'))
    throw new DomainError('forbidden', 'The file shows what its reader may not see.', {
      permission: 'people:read',
    });
  const whose = await customersSeen(statement);
  await transaction(async (tx) => {
    await recordStatement(tx, actor, 'statement.downloaded', statement);
    await noteLook(tx, actor, { way: 'statement', about: id }, whose);
  });
  return file;
}

/** The file as it stands. Throws `statement_expired` and `conflict`. */
export function fileOf({ id, state, fileName, bytes, expiresAt }: Statement): TakenFile {
  if (state === 'expired' || (state === 'ready' && expiresAt && expiresAt <= new Date()))
    throw new DomainError('statement_expired', 'The file was deleted. Ask for the statement again.');
  if (state !== 'ready' || fileName === null || bytes === null)
    throw new DomainError('conflict', `The statement is ${state}.`);
  return { name: fileName, type: FILE_TYPES[fileTypeOf(fileName)], bytes, body: streamOf(id) };
}

/** Piece by piece, as fast as it is taken. */
function streamOf(statementId: string): ReadableStream<Uint8Array> {
  let nth = 0;
  return new ReadableStream({
    async pull(to) {
      const found = await db().statementChunk.findUnique({
        where: { statementId_nth: { statementId, nth } },
      });
      if (!found) return to.close();
      nth += 1;
      to.enqueue(found.bytes);
    },
  });
}

/** Whose data is to be seen in it. */
export async function customersSeen(statement: Statement): Promise<string[]> {
  if (!statement.isWhole) return [];
  if (statement.customerId) return [statement.customerId];
  const walletIds = statement.walletId
    ? [statement.walletId]
    : ((await partsOf(statement)) ?? []).map(({ walletId }) => walletId);
  const wallets = await db().wallet.findMany({
    where: { id: { in: walletIds }, customerId: { not: null } },
    select: { customerId: true },
    distinct: ['customerId'],
  });
  return wallets.flatMap(({ customerId }) => customerId ?? []);
}
