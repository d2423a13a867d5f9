/**
 * Public ids. Ours are UUIDs, told as TypeIDs (https://github.com/jetify-com/typeid): a prefix that says what it is of,
 * and the 128 bits in 26 letters of Crockford's base32, so that text, order and UUID say the same. Numbers of the books
 * are 13 letters of the same. What stands on a rail keeps the id that the rail gave it: `acno_…`, `tr_…`, `ent_…`.
 */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

export const PREFIXES = {
  customer: 'cus',
  portfolio: 'pf',
  beneficiary: 'ben',
  wallet: 'wal',
  terms: 'wt',
  withdrawal: 'wd',
  withdrawal_batch: 'wdb',
  adjustment: 'adj',
  exchange: 'xch',
  hold: 'hold',
  statement: 'stm',
  approval: 'apr',
  deposit_request: 'dpr',
  operator: 'op',
  api_key: 'key',
  proof_break: 'brk',
  standstill: 'sst',
  request: 'req',
  webhook_endpoint: 'we',
} as const;
export type IdKind = keyof typeof PREFIXES;

/** Of the books: an entry of a wallet's available balance, and what was told. */
export const NUMBERED = { wallet_transaction: 'wtx', event: 'evt' } as const;
export type NumberedKind = keyof typeof NUMBERED;

/** `0191…-…` → `wal_01j…`. */
export function publicId(kind: IdKind, uuid: string): string {
  return `${PREFIXES[kind]}_${spell(BigInt(`0x${uuid.replaceAll('-', '')}`), 26)}`;
}

/** The UUID of a public id; null for what is none of this kind. */
export function uuidOf(kind: IdKind, id: string): string | null {
  const bits = bitsOf(id, PREFIXES[kind], 26);
  if (bits === null || bits >> 128n !== 0n) return null;
  const hex = bits.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function publicNumber(kind: NumberedKind, number: bigint): string {
  return `${NUMBERED[kind]}_${spell(number, 13)}`;
}

/** The number of a public id, at most 2^63 − 1; null for what is none of this kind. */
export function numberOf(kind: NumberedKind, id: string): bigint | null {
  const bits = bitsOf(id, NUMBERED[kind], 13);
  return bits === null || bits >> 63n !== 0n ? null : bits;
}

/** As OpenAPI says how an id looks. */
export function patternOf(prefix: string, length: number): string {
  // Five bits a letter are two more than there are.
  return `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{${length - 1}}$`;
}

function spell(bits: bigint, length: number): string {
  let text = '';
  for (let left = bits, n = 0; n < length; n += 1, left >>= 5n) text = LETTERS[Number(left & 31n)] + text;
  return text;
}

function bitsOf(id: string, prefix: string, length: number): bigint | null {
  if (!id.startsWith(`${prefix}_`) || id.length !== prefix.length + 1 + length) return null;
  let bits = 0n;
  for (const letter of id.slice(prefix.length + 1)) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return bits;
}
