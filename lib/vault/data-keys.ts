import { createHmac } from 'node:crypto';
import type { Queryable, Tx } from '~/lib/db';
import { newId } from '~/lib/uuid';
import { newDataKey, unwrap, wrap } from '~/lib/vault/master-keys';
import { type DataKey, keyIdOf, openText, type Place } from '~/lib/vault/sealed';
import { Prisma } from '~/prisma/generated/client';

/**
 * Personal data at rest (lib/people/kept.ts says which). Each customer has a data key; it stands in `data_keys`, wrapped by
 * a master key of VAULT_KEYS, which no database and no backup of one has. What is to be found by its whole value has a keyed
 * hash beside it, so that nobody who reads the database can try values against it.
 */
export type KeyOwner = `customer:${string}` | 'house' | 'search';

/** The owner's data key, made where there is none yet. Null once it was shredded. */
export async function dataKeyOf(tx: Tx, owner: KeyOwner): Promise<DataKey | null> {
  const kept = (await tx.dataKey.findUnique({ where: { owner } })) ?? (await makeKey(tx, owner));
  return openedKey(kept);
}

/** As `dataKeyOf`, where there is something to be sealed. */
export async function sealingKeyOf(tx: Tx, owner: KeyOwner): Promise<DataKey> {
  const key = await dataKeyOf(tx, owner);
  if (!key) throw new Error(`The key of ${owner} was shredded.`);
  return key;
}

/** Of two at once the second waits, and gets the first one's. */
async function makeKey(tx: Tx, owner: KeyOwner) {
  const fresh = wrap(newDataKey(newId()));
  await tx.dataKey.createMany({ data: [{ owner, ...fresh }], skipDuplicates: true });
  return tx.dataKey.findUniqueOrThrow({ where: { owner } });
}

type KeptKey = { id: string; masterKey: string | null; wrapped: Uint8Array<ArrayBuffer> | null };

function openedKey({ id, masterKey, wrapped }: KeptKey): DataKey | null {
  return masterKey === null || wrapped === null ? null : unwrap({ id, masterKey, wrapped });
}

export type SealedText = { place: Place; text: string };

/**
 * What was sealed, in the same order: null for what nobody can open any more, as its key was shredded. What nobody sealed
 * (it stood here before there were keys) is what it is. Throws for what was tampered with.
 */
export async function openTexts(client: Queryable, texts: readonly SealedText[]): Promise<(string | null)[]> {
  const ids = [...new Set(texts.flatMap(({ text }) => keyIdOf(text) ?? []))];
  const keys = await keysById(client, ids);
  return texts.map(({ place, text }) => {
    const id = keyIdOf(text);
    if (id === null) return text;
    const key = keys.get(id);
    if (key === undefined) throw new Error(`There is no data key ${id}.`);
    return key && openText(key, place, text);
  });
}

async function keysById(client: Queryable, ids: string[]): Promise<Map<string, DataKey | null>> {
  if (ids.length === 0) return new Map();
  const kept = await client.$queryRaw<KeptKey[]>`
    SELECT id::text AS id, master_key AS "masterKey", wrapped FROM data_keys WHERE id = ANY (${ids}::uuid[])`;
  return new Map(kept.map((each) => [each.id, openedKey(each)]));
}

/** What each value is found by in its column. */
export async function searchHashes(
  client: Queryable,
  values: readonly { column: Place['column']; value: string }[],
): Promise<string[]> {
  if (values.length === 0) return [];
  const kept = await client.dataKey.findUnique({ where: { owner: 'search' } });
  const key = kept && openedKey(kept);
  // Where nothing was ever sealed, nothing is found.
  return key ? values.map(({ column, value }) => hashOf(key, column, value)) : values.map(() => '');
}

export function hashOf({ key }: DataKey, column: Place['column'], value: string): string {
  return createHmac('sha256', key).update(`${column}\0${value}`).digest('base64url');
}

/** What it sealed stays closed for good, here; a backup of before opens it with the master key of then. */
export async function shredKey(tx: Tx, owner: KeyOwner): Promise<void> {
  await tx.dataKey.updateMany({
    where: { owner, shreddedAt: null },
    data: { masterKey: null, wrapped: null, shreddedAt: new Date() },
  });
}

const AT_ONCE = 500;

export type Rewrapped = { done: number; left: number };

/**
 * Wraps the next keys that another than the newest master key wraps. It can be broken off at any moment, and goes on with
 * what is left; web and worker need not stand still, as they read by every master key that VAULT_KEYS names.
 */
export async function rewrapSome(tx: Tx, newest: string): Promise<Rewrapped> {
  const due = await tx.$queryRaw<(KeptKey & { masterKey: string; wrapped: Uint8Array<ArrayBuffer> })[]>`
    SELECT id::text AS id, master_key AS "masterKey", wrapped FROM data_keys
    WHERE wrapped IS NOT NULL AND master_key <> ${newest} ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE`;
  const fresh = due.map((each) => wrap(unwrap(each)));
  if (fresh.length > 0)
    await tx.$executeRaw`
      UPDATE data_keys k SET master_key = f.master_key, wrapped = decode(f.wrapped, 'base64')
      FROM (VALUES ${Prisma.join(
        fresh.map(
          ({ id, masterKey, wrapped }) =>
            Prisma.sql`(${id}::uuid, ${masterKey}, ${Buffer.from(wrapped).toString('base64')})`,
        ),
      )}) f(id, master_key, wrapped) WHERE k.id = f.id`;
  const left = await tx.dataKey.count({ where: { wrapped: { not: null }, masterKey: { not: newest } } });
  return { done: fresh.length, left };
}
