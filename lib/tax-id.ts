import * as rut from 'stdnum/lib/cjs/cl/rut.js';
import * as curp from 'stdnum/lib/cjs/mx/curp.js';
import * as rfc from 'stdnum/lib/cjs/mx/rfc.js';

export type TaxIdCountry = 'mx' | 'cl';
export type TaxIdKind = 'rfc' | 'curp' | 'rut';

export type TaxIdCheck =
  | { ok: true; kind: TaxIdKind; normalized: string; formatted: string; warning?: 'check_digit' }
  | { ok: false; reason: 'format' | 'check_digit' | 'date' };

// SAT's two generic RFCs: the general public, and residents abroad. Neither has a real date or check digit.
const GENERIC_RFCS = new Set(['XAXX010101000', 'XEXX010101000']);

const RFC_SHAPE = /^[A-ZÑ&]{3,4}(\d{6})[A-Z0-9]{3}$/;
const CURP_SHAPE = /^[A-Z]{4}(\d{6})[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}([A-Z0-9])\d$/;
const RUT_SHAPE = /^\d{7,8}[\dK]$/;

/** Checks a tax id of the country: RFC or CURP in Mexico, RUT in Chile. */
export function checkTaxId(country: TaxIdCountry, text: string): TaxIdCheck {
  const compact = compactOf(text);
  if (country === 'cl') return checkRut(compact);
  return compact.length === 18 ? checkCurp(compact) : checkRfc(compact);
}

function compactOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-‐-―\u200B-\u200F\u2060\uFEFF]/gu, '');
}

/** Whether two are the same tax id, however each is written. */
export function isSameTaxId(one: string, other: string): boolean {
  return compactOf(one) === compactOf(other);
}

/** Whether it names nobody: many people and companies share it. */
export function isGenericTaxId(taxId: string): boolean {
  return GENERIC_RFCS.has(compactOf(taxId));
}

/** The ways in which a tax id may stand at Fintoc. */
export function taxIdSpellings(taxId: string): string[] {
  const compact = compactOf(taxId);
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
  // SAT itself has issued RFCs whose check digit is wrong (about 1.5 %), and the package also refuses words and
  // homoclaves that SAT avoids but did issue: the shape and the date decide, the rest is a warning.
  return found.isValid ? accepted : { ...accepted, warning: 'check_digit' };
}

function checkCurp(compact: string): TaxIdCheck {
  const shape = CURP_SHAPE.exec(compact);
  const date = shape?.[1];
  if (!date) return { ok: false, reason: 'format' };
  // The 17th character tells the century: a digit until 1999, a letter since 2000. Only 1900 differs (no leap year).
  if (!isDate(date) || (date === '000229' && /\d/.test(shape[2] ?? ''))) return { ok: false, reason: 'date' };
  const found = curp.validate(compact);
  if (found.isValid) return { ok: true, kind: 'curp', normalized: compact, formatted: compact };
  return { ok: false, reason: found.error.name === 'InvalidChecksum' ? 'check_digit' : 'format' };
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
