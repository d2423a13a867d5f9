import * as rut from 'stdnum/lib/cjs/cl/rut.js';
import * as curp from 'stdnum/lib/cjs/mx/curp.js';
import * as rfc from 'stdnum/lib/cjs/mx/rfc.js';
import { bareOf, lineOf } from '~/lib/text';

export type TaxIdCountry = 'mx' | 'cl';
export type TaxIdKind = 'rfc' | 'curp' | 'rut';

/** What is odd about a tax id that may all the same be somebody's. */
export type TaxIdWarning =
  /** SAT itself has issued RFCs whose check digit is wrong, about 1.5 % of them. */
  | 'check_digit'
  /** It begins with letters that SAT or RENAPO avoid, or has a homoclave that they don't give. They did issue such ones. */
  | 'avoided'
  /** A person's RFC, of 13 characters, for a business. */
  | 'of_a_person'
  /** A company's RFC, of 12 characters, for a person. */
  | 'of_a_company';

export type TaxIdCheck =
  | { ok: true; kind: TaxIdKind; normalized: string; formatted: string; warning?: TaxIdWarning }
  | { ok: false; reason: 'format' | 'check_digit' | 'date' };

// SAT's two generic RFCs: the general public, and residents abroad. Neither has a real date or check digit.
const GENERIC_RFCS = new Set(['XAXX010101000', 'XEXX010101000']);

const RFC_SHAPE = /^[A-ZÑ&]{3,4}(\d{6})[A-Z0-9]{3}$/;
const CURP_SHAPE = /^[A-Z]{4}(\d{6})[HMX]([A-Z]{2})[B-DF-HJ-NP-TV-Z]{3}([A-Z0-9])\d$/;
const RUT_SHAPE = /^\d{7,8}[\dK]$/;

/** RENAPO's keys of the 32 states, and NE for who was born abroad. */
const STATES = new Set(
  'AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE'.split(
    ' ',
  ),
);
/** RENAPO's order of the characters of a CURP, for its check digit. */
const CURP_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Checks a tax id of the country: RFC or CURP in Mexico, RUT in Chile. */
export function checkTaxId(country: TaxIdCountry, text: string): TaxIdCheck {
  const compact = bareTaxId(text);
  if (country === 'cl') return checkRut(compact);
  return compact.length === 18 ? checkCurp(compact) : checkRfc(compact);
}

/** Checks it as the tax id of a person or of a business: an RFC of the other kind is a warning too. */
export function checkTaxIdOf(holder: 'person' | 'business', country: TaxIdCountry, text: string): TaxIdCheck {
  const check = checkTaxId(country, text);
  if (!check.ok || check.kind !== 'rfc' || GENERIC_RFCS.has(check.normalized)) return check;
  if (holder === 'business' && check.normalized.length === 13) return { ...check, warning: 'of_a_person' };
  if (holder === 'person' && check.normalized.length === 12) return { ...check, warning: 'of_a_company' };
  return check;
}

/** Without blanks, dots and hyphens of any kind, in capitals; a RUT without zeros in front. */
export function bareTaxId(text: string): string {
  const compact = bareOf(text).toUpperCase();
  return /^0+\d{6,8}[\dK]$/.test(compact) ? compact.replace(/^0+/, '') : compact;
}

/** Whether two are the same tax id, however each is written. */
export function isSameTaxId(one: string, other: string): boolean {
  return bareTaxId(one) === bareTaxId(other);
}

/** Whether it names nobody: many people and companies share it. */
export function isGenericTaxId(taxId: string): boolean {
  return GENERIC_RFCS.has(bareTaxId(taxId));
}

/** The one form in which a tax id is kept: an RFC or CURP in capitals, a RUT as `12345678-5`. What is none stays a line. */
export function normalizeTaxId(text: string): string {
  const compact = bareTaxId(text);
  if (RFC_SHAPE.test(compact) || CURP_SHAPE.test(compact)) return compact;
  const rut = checkRut(compact);
  return rut.ok ? rut.normalized : lineOf(text);
}

/** The ways in which a tax id may stand at Fintoc. */
export function taxIdSpellings(taxId: string): string[] {
  const compact = bareTaxId(taxId);
  if (!RUT_SHAPE.test(compact)) return [compact];
  return [compact, `${compact.slice(0, -1)}-${compact.slice(-1)}`, rut.format(compact)];
}

function checkRfc(compact: string): TaxIdCheck {
  const accepted = { ok: true, kind: 'rfc', normalized: compact, formatted: compact } as const;
  if (GENERIC_RFCS.has(compact)) return accepted;
  const date = RFC_SHAPE.exec(compact)?.[1];
  if (!date) return { ok: false, reason: 'format' };
  if (!isDate(date)) return { ok: false, reason: 'date' };
  const found = rfc.validate(compact);
  if (found.isValid) return accepted;
  return { ...accepted, warning: found.error.name === 'InvalidChecksum' ? 'check_digit' : 'avoided' };
}

function checkCurp(compact: string): TaxIdCheck {
  const [, date, state = '', century = ''] = CURP_SHAPE.exec(compact) ?? [];
  if (!date || !STATES.has(state)) return { ok: false, reason: 'format' };
  // The 17th character tells the century: a digit until 1999, a letter since 2000. Only 1900 differs (no leap year).
  if (!isDate(date) || (date === '000229' && /\d/.test(century))) return { ok: false, reason: 'date' };
  if (compact.slice(-1) !== curpCheckDigit(compact)) return { ok: false, reason: 'check_digit' };
  const accepted = { ok: true, kind: 'curp', normalized: compact, formatted: compact } as const;
  // Its shape, state, date and check digit are right: what is left for the package to refuse are RENAPO's words.
  return curp.validate(compact).isValid ? accepted : { ...accepted, warning: 'avoided' };
}

/** RENAPO's: each of the first 17 characters by its place, from 18 down. */
function curpCheckDigit(compact: string): string {
  const sum = [...compact.slice(0, 17)].reduce(
    (total, character, i) => total + CURP_ALPHABET.indexOf(character) * (18 - i),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}

function checkRut(compact: string): TaxIdCheck {
  if (!RUT_SHAPE.test(compact)) return { ok: false, reason: 'format' };
  if (!rut.validate(compact).isValid) return { ok: false, reason: 'check_digit' };
  const normalized = `${compact.slice(0, -1)}-${compact.slice(-1)}`;
  return { ok: true, kind: 'rut', normalized, formatted: rut.format(compact) };
}

function isDate(yymmdd: string): boolean {
  const [month, day] = [Number(yymmdd.slice(2, 4)), Number(yymmdd.slice(4, 6))];
  // Two digits of a year: 2000 + yy is a leap year exactly when 1900 + yy is, except for 1900 itself.
  const date = new Date(Date.UTC(2000 + Number(yymmdd.slice(0, 2)), month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Hides the part that identifies a person: the date and name of an RFC or CURP, all but the last digits of a RUT. */
export function maskTaxId(taxId: string): string {
  const dash = taxId.indexOf('-');
  if (dash > 0) return '•'.repeat(Math.max(dash - 3, 0)) + taxId.slice(Math.max(dash - 3, 0));
  if (taxId.length < 12) return '•'.repeat(taxId.length);
  return taxId.slice(0, 2) + '•'.repeat(taxId.length - 5) + taxId.slice(-3);
}
