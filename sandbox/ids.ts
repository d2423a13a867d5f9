import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KSUID_EPOCH_SECONDS = 1_400_000_000n;

export type IdPrefix =
  | 'acc'
  | 'acno'
  | 'tr'
  | 'ent'
  | 'accv'
  | 'mov'
  | 'evt'
  | 'we'
  | 'onbprc'
  | 'onbsh'
  | 'onbdoc';

let lastMicros = 0n;

/**
 * An id like Fintoc's: a prefix and 27 characters of base62 that sort by time. As in a KSUID the first four bytes are
 * seconds; the next four are microseconds within it, kept strictly rising so that ids of one process also sort.
 */
export function newId(prefix: IdPrefix, at: Date): string {
  const micros = BigInt(at.getTime()) * 1000n;
  lastMicros = micros > lastMicros ? micros : lastMicros + 1n;
  const seconds = lastMicros / 1_000_000n - KSUID_EPOCH_SECONDS;
  let value =
    (seconds << 128n) | ((lastMicros % 1_000_000n) << 96n) | BigInt(`0x${randomBytes(12).toString('hex')}`);
  let text = '';
  for (let i = 0; i < 27; i++) {
    text = ALPHABET[Number(value % 62n)] + text;
    value /= 62n;
  }
  return `${prefix}_${text}`;
}

/** A new webhook secret. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64url')}`;
}
