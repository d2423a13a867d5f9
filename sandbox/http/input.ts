import { FintocError } from '~/sandbox/http/errors';

export type Fields = Record<string, unknown>;

const LARGEST_AMOUNT = 10_000_000_000_000;

/** Reads a request body by field. Fields that nobody asks for (`path_`, `idempotency_key`, …) are never looked at. */
export class Input {
  readonly #fields: Fields;
  readonly #prefix: string;

  constructor(fields: Fields, prefix = '') {
    this.#fields = fields;
    this.#prefix = prefix;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === null) throw this.#missing(name);
    if (value === '') throw this.refusal('empty_string', name, 'must not be empty');
    return value;
  }

  /** Undefined when absent, null when sent as null. */
  optionalText(name: string, size?: { max: number; code?: string }): string | null | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return value;
    if (typeof value !== 'string') throw this.refusal('invalid_string', name, 'must be a string');
    if (size && [...value].length > size.max)
      throw this.refusal(
        size.code ?? 'invalid_string_size',
        name,
        `must have at most ${size.max} characters`,
      );
    return value;
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[], code = 'invalid_enum'): T {
    const value = this.text(name);
    const found = allowed.find((candidate) => candidate === value);
    if (!found) throw this.refusal(code, name, `must be one of ${allowed.join(' ')}`);
    return found;
  }

  /** An amount in the smallest unit. A form body carries it as text. */
  amount(name: string): bigint {
    const value = this.#fields[name];
    if (value === undefined || value === null) throw this.#missing(name);
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > LARGEST_AMOUNT)
      throw this.refusal('invalid_amount', name, 'must be a positive integer in the smallest unit');
    return BigInt(number);
  }

  integer(name: string, { min, max, fallback }: { min: number; max: number; fallback: number }): number {
    const value = this.#fields[name];
    if (value === undefined || value === null) return fallback;
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max)
      throw this.refusal('invalid_integer', name, `must be an integer from ${min} to ${max}`);
    return number;
  }

  flag(name: string): boolean {
    const value = this.#fields[name] ?? false;
    if (typeof value !== 'boolean') throw this.refusal('invalid_boolean', name, 'must be true or false');
    return value;
  }

  /** SPEI's numeric reference: one to seven digits, no leading zero unless the caller allows it. */
  referenceId({ leadingZeros = false } = {}): string | null | undefined {
    const value = this.#fields.reference_id;
    if (value === undefined || value === null) return value;
    const text = String(value);
    if (!/^\d+$/.test(text) || (!leadingZeros && /^0./.test(text)))
      throw this.refusal('invalid_integer', 'reference_id', 'must be digits without leading zeros');
    if (text.length > 7)
      throw this.refusal('invalid_reference_id_size', 'reference_id', 'must have at most 7 digits');
    return text;
  }

  /** Metadata: text by key. An empty value is kept here, because it unsets a key on update. */
  metadata(): Record<string, string> {
    const value = this.#fields.metadata ?? {};
    if (!isFields(value)) throw this.refusal('invalid_hash', 'metadata', 'must be an object');
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (item === null) return [key, ''];
        if (typeof item !== 'string')
          throw this.refusal('invalid_string', `metadata.${key}`, 'must be a string');
        return [key, item];
      }),
    );
  }

  /** The fields of a nested object. */
  object(name: string): Input {
    const value = this.#fields[name];
    if (value === undefined || value === null) throw this.#missing(name);
    if (!isFields(value)) throw this.refusal('invalid_hash', name, 'must be an object');
    return new Input(value, `${this.#prefix}${name}.`);
  }

  optionalObject(name: string): Fields | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (!isFields(value)) throw this.refusal('invalid_hash', name, 'must be an object');
    return value;
  }

  list(name: string): unknown[] {
    const value = this.#fields[name] ?? [];
    if (!Array.isArray(value)) throw this.refusal('invalid_array', name, 'must be an array');
    return value;
  }

  refusal(code: string, name: string, what: string, status = 400): FintocError {
    const param = `${this.#prefix}${name}`;
    return new FintocError(status, code, `${param} ${what}.`, param);
  }

  #missing(name: string): FintocError {
    return this.refusal('missing_parameter', name, 'is required');
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
