import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { env } from '~/lib/env';

/** Encrypts a secret for storage: AES-256-GCM, `nonce.tag.ciphertext` in base64url. */
export function seal(secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')).join('.');
}

/** Throws when the text was changed or SECRETS_KEY is another one. */
export function unseal(text: string): string {
  const [nonce, tag, sealed] = text.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !tag || !sealed) throw new Error('Not a sealed secret.');
  const decipher = createDecipheriv('aes-256-gcm', key(), nonce, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

/** A code for a text that nobody makes without SECRETS_KEY: what a link bears who needs no session. */
export function codeFor(text: string): string {
  return createHmac('sha256', key()).update(text).digest('base64url');
}

export function isCodeFor(text: string, code: string): boolean {
  const [right, given] = [Buffer.from(codeFor(text)), Buffer.from(code)];
  return right.length === given.length && timingSafeEqual(right, given);
}

function key(): Buffer {
  return Buffer.from(env().SECRETS_KEY, 'base64');
}
