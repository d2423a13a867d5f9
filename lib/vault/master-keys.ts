import { randomBytes } from 'node:crypto';
import { env } from '~/lib/env';
import { type DataKey, openBytes, sealBytes } from '~/lib/vault/sealed';

/** A data key as it is kept: under the master key of that name. */
export type WrappedKey = { id: string; masterKey: string; wrapped: Uint8Array<ArrayBuffer> };

/** The name of the master key that wraps what is made now. */
export function newestMasterKey(): string {
  const [newest] = env().VAULT_KEYS;
  if (!newest) throw new Error('VAULT_KEYS is empty.');
  return newest.name;
}

export function newDataKey(id: string): DataKey {
  return { id, key: randomBytes(32) };
}

export function wrap({ id, key }: DataKey): WrappedKey {
  const masterKey = newestMasterKey();
  return {
    id,
    masterKey,
    wrapped: new Uint8Array(sealBytes(keyNamed(masterKey), beside(id, masterKey), key)),
  };
}

/** Throws when VAULT_KEYS has no key of that name, or another one. */
export function unwrap({ id, masterKey, wrapped }: WrappedKey): DataKey {
  try {
    return { id, key: openBytes(keyNamed(masterKey), beside(id, masterKey), Buffer.from(wrapped)) };
  } catch (error) {
    throw new Error(`VAULT_KEYS has no master key ${masterKey} that opens data key ${id}.`, { cause: error });
  }
}

function keyNamed(name: string): Buffer {
  const found = env().VAULT_KEYS.find((each) => each.name === name);
  if (!found) throw new Error(`VAULT_KEYS has no key ${name}.`);
  return found.key;
}

const beside = (id: string, masterKey: string) => ['data_keys', id, masterKey].join('\0');
