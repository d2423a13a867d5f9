import { createHash } from 'node:crypto';
import { type Actor, actorId } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';

export type Asked = {
  /** What is done, as noun and verb: one id never stands for two acts. */
  act: `${string}.${string}`;
  /** Minted by whoever asks, before they ask. Left out, every call is a new thing. */
  requestId: string | undefined;
  /** Everything that makes it this and no other thing, as JSON could hold it, bigints too. Never a secret. */
  content: object;
};

/**
 * Does once what is asked under one id, in the caller's transaction: whoever asks again for the same gets what there
 * is, and of two at once the second waits for the first. Throws `request_reused` when the id was somebody else's, or
 * stood for something else.
 */
export async function once<Made extends { id: string }>(
  tx: Tx,
  actor: Actor,
  request: Asked,
  recall: (id: string) => Promise<Made>,
  make: () => Promise<Made>,
): Promise<Made> {
  const { requestId } = request;
  if (requestId === undefined) return make();
  const asked = fingerprintOf(request, actor);
  const { count } = await tx.onceRequest.createMany({
    data: [{ id: requestId, ...asked }],
    skipDuplicates: true,
  });
  if (count === 0) return recall(await madeBefore(tx, requestId, asked));
  const made = await make();
  await tx.onceRequest.update({ where: { id: requestId }, data: { madeId: made.id } });
  return made;
}

/** Whether something was done under this id: for what is asked before it is done. */
export async function wasAsked(tx: Tx, requestId: string): Promise<boolean> {
  return (await tx.onceRequest.count({ where: { id: requestId } })) > 0;
}

/**
 * What was made under the id, null while nothing was: for what Fintoc is asked before these books can note it. Throws
 * as `once` does.
 */
export async function madeUnder(tx: Tx, actor: Actor, asked: Asked): Promise<string | null> {
  if (asked.requestId === undefined || !(await wasAsked(tx, asked.requestId))) return null;
  return madeBefore(tx, asked.requestId, fingerprintOf(asked, actor));
}

export type Fingerprint = { act: string; askedBy: string; contentHash: string };

async function madeBefore(tx: Tx, id: string, asked: Fingerprint): Promise<string> {
  return madeAs(await tx.onceRequest.findUniqueOrThrow({ where: { id } }), asked);
}

/** What was made under an id, as it was kept, where the same is asked again. Throws as `once` does. */
export function madeAs(before: Fingerprint & { madeId: string | null }, asked: Fingerprint): string {
  const isSame =
    before.act === asked.act && before.askedBy === asked.askedBy && before.contentHash === asked.contentHash;
  if (!isSame || before.madeId === null) {
    throw new DomainError('request_reused', 'Something else was asked under this request id.', {
      by: before.askedBy === asked.askedBy ? 'same' : 'other',
    });
  }
  return before.madeId;
}

/** What is kept of a request: by whom, and of what. */
export function fingerprintOf({ act, content }: Omit<Asked, 'requestId'>, actor: Actor): Fingerprint {
  return { act, askedBy: actorId(actor), contentHash: fingerprint(content) };
}

/**
 * The id that goes with a text, the same for ever (RFC 9562, version 8): books that a restore took back give what is
 * asked again the id that it had, so that what Fintoc did under it is known.
 */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** The same for the same content, in whatever order its keys were written. */
export function fingerprint(content: object): string {
  return createHash('sha256').update(JSON.stringify(content, canonical)).digest('hex');
}

function canonical(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
