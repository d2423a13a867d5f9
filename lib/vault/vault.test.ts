import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { type Env, env } from '~/lib/env';
import { withTestDatabase } from '~/lib/testing/database';
import { newId } from '~/lib/uuid';
import { dataKeyOf, openTexts, sealingKeyOf, searchHashes, shredKey } from '~/lib/vault/data-keys';
import { newDataKey, wrap } from '~/lib/vault/master-keys';
import { rotateKeys } from '~/lib/vault/rotate';
import { openText, sealText } from '~/lib/vault/sealed';

withTestDatabase();

let given: Env['VAULT_KEYS'] = [];
beforeEach(() => {
  given = env().VAULT_KEYS.slice();
});
afterEach(() => {
  env().VAULT_KEYS.splice(0, env().VAULT_KEYS.length, ...given);
});

const owner = (): `customer:${string}` => `customer:${crypto.randomUUID()}`;
const place = { column: 'people.secret', row: '1' } as const;

async function sealedFor(whose: `customer:${string}`, text: string): Promise<string> {
  return transaction(async (tx) => sealText(await sealingKeyOf(tx, whose), place, text));
}

const opened = async (text: string) => (await openTexts(db(), [{ place, text }]))[0];

describe('a sealed text', () => {
  const key = { id: newId(), key: randomBytes(32) };

  it('opens as it was, and is sealed differently each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = sealText(key, place, text);
        expect(openText(key, place, sealed)).toBe(text);
        expect(sealText(key, place, text)).not.toBe(sealed);
      }),
      { numRuns: 50 },
    );
  });

  it('opens in its own column and row alone, and not once a bit of it was changed', () => {
    const sealed = sealText(key, place, 'LOHA900101AB1');
    expect(() => openText(key, { ...place, row: '2' }, sealed)).toThrow();
    expect(() => openText(key, { ...place, column: 'people.other' }, sealed)).toThrow();
    expect(() => openText({ ...key, id: newId() }, place, sealed)).toThrow();
    const [mark, id, bytes = ''] = sealed.split('.');
    const flipped = Buffer.from(bytes, 'base64url');
    for (const nth of [0, 12, flipped.length - 1]) {
      const changed = Buffer.from(flipped);
      changed[nth] = (changed[nth] ?? 0) ^ 1;
      expect(() => openText(key, place, [mark, id, changed.toString('base64url')].join('.'))).toThrow();
    }
  });
});

describe('a data key', () => {
  it('is one for each owner, also where two ask for it at once', async () => {
    const whose = owner();
    const keys = await Promise.all([1, 2, 3, 4].map(() => transaction((tx) => dataKeyOf(tx, whose))));
    expect(new Set(keys.map((each) => each?.id)).size).toBe(1);
    expect(new Set(keys.map((each) => each?.key.toString('hex'))).size).toBe(1);
    expect(await db().dataKey.count({ where: { owner: whose } })).toBe(1);
  });

  it('stands in the database wrapped, and opens under its own master key and id alone', async () => {
    const [whose, other] = [owner(), owner()];
    const sealed = await sealedFor(whose, 'secret');
    await sealedFor(other, 'secret');
    expect(await opened(sealed)).toBe('secret');
    const kept = await db().dataKey.findUniqueOrThrow({ where: { owner: whose } });
    const key = await transaction((tx) => sealingKeyOf(tx, whose));
    expect(Buffer.from(kept.wrapped ?? []).includes(key.key)).toBe(false);
    const theirs = await db().dataKey.findUniqueOrThrow({ where: { owner: other } });
    await db().dataKey.update({ where: { owner: whose }, data: { wrapped: theirs.wrapped } });
    await expect(opened(sealed)).rejects.toThrow('VAULT_KEYS has no master key');
    await db().dataKey.update({ where: { owner: whose }, data: { wrapped: kept.wrapped } });
    env().VAULT_KEYS.splice(0, 1, { name: 'test', key: randomBytes(32) });
    await expect(opened(sealed)).rejects.toThrow('VAULT_KEYS has no master key');
  });

  it('that was shredded opens nothing, and neither comes back nor goes', async () => {
    const whose = owner();
    const sealed = await sealedFor(whose, 'secret');
    const kept = await db().dataKey.findUniqueOrThrow({ where: { owner: whose } });
    await transaction((tx) => shredKey(tx, whose));
    expect(await opened(sealed)).toBeNull();
    await expect(sealedFor(whose, 'more')).rejects.toThrow('was shredded');
    const { masterKey, wrapped } = kept;
    const back = db().dataKey.update({
      where: { owner: whose },
      data: { masterKey, wrapped, shreddedAt: null },
    });
    // 23001, for which Prisma has no word of its own.
    await expect(back).rejects.toMatchObject({ code: 'P2003' });
    await expect(db().dataKey.delete({ where: { owner: whose } })).rejects.toThrow();
    await expect(
      db().dataKey.update({ where: { owner: whose }, data: { owner: 'house' } }),
    ).rejects.toThrow();
  });
});

describe('what is found by its whole value', () => {
  it('has a hash that is another one in every column and under every key', async () => {
    await transaction((tx) => sealingKeyOf(tx, 'search'));
    const [one, same, elsewhere, other] = await searchHashes(db(), [
      { column: 'people.secret', value: 'a' },
      { column: 'people.secret', value: 'a' },
      { column: 'people.other', value: 'a' },
      { column: 'people.secret', value: 'b' },
    ]);
    expect(one).toBe(same);
    expect(new Set([one, elsewhere, other]).size).toBe(3);
  });
});

describe('npm run keys:rotate', () => {
  it('wraps every key under the newest master key, goes on where it was broken off, and needs the old one no more', async () => {
    const whose = owner();
    const sealed = await sealedFor(whose, 'secret');
    await transaction((tx) => sealingKeyOf(tx, 'search'));
    const others = Array.from({ length: 1_100 }, owner);
    await db().dataKey.createMany({
      data: others.map((each) => ({ owner: each, ...wrap(newDataKey(newId())) })),
    });
    const gone = owner();
    await sealedFor(gone, 'gone');
    await transaction((tx) => shredKey(tx, gone));
    const newer = { name: 'newer', key: randomBytes(32) };
    env().VAULT_KEYS.unshift(newer);
    expect(await opened(sealed), 'before').toBe('secret');

    const stopped = rotateKeys(({ done }) => {
      if (done > 0) throw new Error('broken off');
    });
    await expect(stopped).rejects.toThrow('broken off');
    expect(await db().dataKey.count({ where: { masterKey: 'newer' } })).toBe(500);
    expect(await opened(sealed), 'half way').toBe('secret');

    const named = (keys: typeof given) =>
      keys.map(({ name, key }) => `${name}:${key.toString('base64')}`).join(',');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'scripts/keys-rotate.ts'],
      { env: { ...process.env, VAULT_KEYS: named([newer, ...given]) } },
    );
    expect(stdout).toMatch(/^ +500 wrapped, \d+ left\n(.*\n)*Under newer: \d+ keys, 0 left\.\n$/);
    expect(await db().dataKey.count({ where: { masterKey: 'test' } })).toBe(0);
    env().VAULT_KEYS.splice(0, env().VAULT_KEYS.length, newer);
    expect(await opened(sealed), 'with the newer alone').toBe('secret');
    expect((await rotateKeys(() => undefined)).done).toBe(0);
  });
});
