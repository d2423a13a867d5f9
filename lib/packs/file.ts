import { createHash } from 'node:crypto';
import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { noteLook } from '~/lib/people/looks';
import { finish, type Held, stillHeld } from '~/lib/queue';
import { isUuid } from '~/lib/uuid';
import { dataKeyOf, sealingKeyOf } from '~/lib/vault/data-keys';
import { openBytes, sealBytes } from '~/lib/vault/sealed';
import type { PersonPack } from '~/prisma/generated/client';

const CHUNK_BYTES = 256 * 1024;
/** So long a file stands before it is deleted. */
export const PACK_DAYS = 3;

/** Writes a file piece by piece, as long as whoever writes it still holds the work. `flush` is where memory is freed. */
export class PackWriter {
  private nth = 0;
  private size = 0n;
  private readonly hash = createHash('sha256');
  private readonly pending: Uint8Array[] = [];
  private pendingBytes = 0;

  private readonly held: Held;
  private readonly packId: string;
  private readonly customerId: string;

  constructor(held: Held, pack: Pick<PersonPack, 'id' | 'customerId'>) {
    this.held = held;
    this.packId = pack.id;
    this.customerId = pack.customerId;
  }

  /** What another worker wrote before is taken away. */
  async begin(): Promise<void> {
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      await tx.personPackChunk.deleteMany({ where: { packId: this.packId } });
    });
  }

  readonly push = (chunk: Uint8Array): void => {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
  };

  /** Writes what there is, once it is enough; at the end all of it. */
  async flush(end = false): Promise<void> {
    if (this.pendingBytes === 0 || (!end && this.pendingBytes < CHUNK_BYTES)) return;
    const bytes = new Uint8Array(Buffer.concat(this.pending.splice(0)));
    this.pendingBytes = 0;
    this.hash.update(bytes);
    this.size += BigInt(bytes.length);
    const nth = this.nth;
    this.nth += 1;
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      const { key } = await sealingKeyOf(tx, `customer:${this.customerId}`);
      const sealed = new Uint8Array(sealBytes(key, beside(this.packId, nth), Buffer.from(bytes)));
      await tx.personPackChunk.create({
        data: { packId: this.packId, nth, bytes: sealed },
        select: { nth: true },
      });
    });
  }

  /** From here on it can be taken. */
  async end(): Promise<void> {
    await this.flush(true);
    await transaction(async (tx) => {
      await stillHeld(tx, this.held);
      const now = Date.now();
      await tx.personPack.update({
        where: { id: this.packId },
        data: {
          ...{ state: 'ready', bytes: this.size, sha256: new Uint8Array(this.hash.digest()) },
          ...{ endedAt: new Date(now), expiresAt: new Date(now + PACK_DAYS * 86_400_000) },
        },
      });
      await finish(tx, this.held);
    });
  }
}

/** For who is about to take it: whether it is there, and that it is still they who ask. Throws what `takePack` does. */
export async function readyPack(actor: OperatorActor, { id }: { id: string }): Promise<void> {
  authorize(actor, 'people:export');
  await standingPack(id);
}

export type TakenPack = { name: string; bytes: bigint; body: ReadableStream<Uint8Array> };

/**
 * The file of everything that is held of a customer. That it was taken is written down before its first byte leaves.
 * Throws `statement_expired` once its time is over, `conflict` while it isn't made, and `step_up`.
 */
export async function takePack(actor: OperatorActor, { id }: { id: string }): Promise<TakenPack> {
  authorize(actor, 'people:export');
  const { bytes, customerId, reason } = await standingPack(id);
  await transaction(async (tx) => {
    await recordAudit(tx, actor, {
      ...{ action: 'customer.pack_downloaded', subject: 'customer', id: customerId },
      after: { packId: id },
    });
    await noteLook(tx, actor, { way: 'pack', about: id, reason }, [customerId]);
  });
  return { name: `customer-${customerId}.zip`, bytes, body: streamOf(id, customerId) };
}

async function standingPack(id: string) {
  const pack = isUuid(id) ? await db().personPack.findUnique({ where: { id } }) : null;
  if (!pack) throw notFound('pack', id);
  const { state, bytes, expiresAt, customerId, reason } = pack;
  if (state === 'expired' || (expiresAt && expiresAt <= new Date()))
    throw new DomainError('statement_expired', 'The file was deleted. Ask for it again.');
  if (state !== 'ready' || bytes === null) throw new DomainError('conflict', `The file is ${state}.`);
  return { bytes, customerId, reason };
}

/** A piece opens in its own place alone, and none once the customer's key was shredded. */
const beside = (packId: string, nth: number) => ['person_pack_chunks.bytes', packId, nth].join('\0');

/** Piece by piece, as fast as it is taken. */
function streamOf(packId: string, customerId: string): ReadableStream<Uint8Array> {
  let nth = 0;
  return new ReadableStream({
    async pull(to) {
      const found = await db().personPackChunk.findUnique({ where: { packId_nth: { packId, nth } } });
      if (!found) return to.close();
      nth += 1;
      const key = await dataKeyOf(db(), `customer:${customerId}`);
      if (!key) throw new DomainError('customer_erased', 'Who this was is erased for good.');
      to.enqueue(openBytes(key.key, beside(packId, found.nth), Buffer.from(found.bytes)));
    },
  });
}
