import { transaction } from '~/lib/db';
import { rewrapSome } from '~/lib/vault/data-keys';
import { newestMasterKey } from '~/lib/vault/master-keys';

export type Rotation = { masterKey: string; done: number; left: number };

/**
 * Wraps every data key under the newest master key, some at a time, and tells how far it is after each. What it sealed
 * stays as it is. Broken off, it goes on where it was.
 */
export async function rotateKeys(onProgress: (rotation: Rotation) => void): Promise<Rotation> {
  const masterKey = newestMasterKey();
  let rotation: Rotation = { masterKey, done: 0, left: 0 };
  for (;;) {
    const { done, left } = await transaction((tx) => rewrapSome(tx, masterKey));
    rotation = { masterKey, done: rotation.done + done, left };
    onProgress(rotation);
    if (done === 0 || left === 0) return rotation;
  }
}
