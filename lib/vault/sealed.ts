import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isUuid } from '~/lib/uuid';

/** A key that seals one owner's data. Of one that was shredded only the id is left. */
export type DataKey = { id: string; key: Buffer };

/** Where a sealed text stands: what was copied to another row or column doesn't open. */
export type Place = { column: `${string}.${string}`; row: string };

const MARK = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: `v1.<id of the data key>.<nonce, tag and ciphertext in base64url>`. */
export function sealText({ id, key }: DataKey, place: Place, text: string): string {
  return [MARK, id, sealBytes(key, boundTo(id, place), Buffer.from(text, 'utf8')).toString('base64url')].join(
    '.',
  );
}

/** Throws when any part was changed, or when it stands elsewhere than it was sealed for. */
export function openText({ id, key }: DataKey, place: Place, sealed: string): string {
  const [, , bytes = ''] = sealed.split('.');
  return openBytes(key, boundTo(id, place), Buffer.from(bytes, 'base64url')).toString('utf8');
}

/** The id of the data key that sealed it; null for a text that nobody sealed. */
export function keyIdOf(text: string): string | null {
  const [mark, id, bytes, ...rest] = text.split('.');
  return mark === MARK && id && isUuid(id) && bytes && rest.length === 0 ? id : null;
}

const boundTo = (id: string, { column, row }: Place) => [MARK, id, column, row].join('\0');

/** Nonce, tag and ciphertext. It opens with the same key, and the same words beside it, alone. */
export function sealBytes(key: Buffer, beside: string, bytes: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(beside, 'utf8'));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

export function openBytes(key: Buffer, beside: string, sealed: Buffer): Buffer {
  const end = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(beside, 'utf8')).setAuthTag(sealed.subarray(NONCE_BYTES, end));
  return Buffer.concat([decipher.update(sealed.subarray(end)), decipher.final()]);
}
