import { isValidClabe, maskClabe, normalizeClabe } from '~/lib/clabe';
import { maskPhone } from '~/lib/people/masking';
import { checkTaxId, maskTaxId } from '~/lib/tax-id';

export const HIDDEN = '•••';

/** What people put between the digits of a number. */
const GAP = String.raw`[\s.\-\u00A0\u2010-\u2015\u2212]?`;
const ALONE = { before: String.raw`(?<![\p{L}\p{N}])`, after: String.raw`(?![\p{L}\p{N}])` };
const digits = (least: number, most: number) => String.raw`\d(?:${GAP}\d){${least - 1},${most - 1}}`;
const alone = (inner: string) => new RegExp(`${ALONE.before}${inner}${ALONE.after}`, 'giu');

/** In this order: what is longer first, so that no phone is found inside a CLABE. */
const PATTERNS: { found: RegExp; masked: (found: string, whole: string) => string | null }[] = [
  { found: /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/giu, masked: () => HIDDEN },
  {
    found: alone(digits(18, 18)),
    masked: (found) => (isValidClabe(found) ? maskClabe(normalizeClabe(found)) : null),
  },
  { found: alone(digits(15, 16)), masked: (found) => (isCard(found) ? maskedCard(found) : null) },
  {
    found: alone(String.raw`[A-ZÑ&]{3,4}${GAP}\d{6}${GAP}[A-Z0-9]{3,8}`),
    masked: (found) => ofTaxId('mx', found),
  },
  // Without its dash it looks like any other number.
  {
    found: alone(String.raw`\d{1,2}\.?\d{3}\.?\d{3}[-\u2010-\u2015\u2212][\dK]`),
    masked: (found) => ofTaxId('cl', found),
  },
  { found: new RegExp(String.raw`\+${digits(10, 14)}(?!\d)`, 'gu'), masked: maskPhone },
  // Ten digits and nothing else are more often a reference.
  {
    found: alone(String.raw`\(?\d{2,3}\)?${GAP}${digits(7, 8)}`),
    masked: (found, whole) => (isPhone(found) && found !== whole.trim() ? maskPhone(found) : null),
  },
];

/**
 * Text of others for who may not see personal data: a concept, a note, a refusal, with what gives itself away by its
 * form masked wherever it stands: e-mails, CLABEs, cards, tax ids and phones. Names stay.
 */
export function maskedText(text: string): string {
  return PATTERNS.reduce(
    (masked, { found, masked: mask }) => masked.replace(found, (each) => mask(each, text) ?? each),
    text,
  );
}

function ofTaxId(country: 'mx' | 'cl', found: string): string | null {
  const check = checkTaxId(country, found);
  return check.ok ? maskTaxId(check.normalized) : null;
}

function isPhone(found: string): boolean {
  return found.replace(/\D/g, '').length === 10;
}

/** By the check digit of ISO/IEC 7812 (Luhn). */
function isCard(found: string): boolean {
  const sum = [...found.replace(/\D/g, '')].reverse().reduce((total, digit, nth) => {
    const value = Number(digit) * (nth % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function maskedCard(found: string): string {
  return `•••• ${found.replace(/\D/g, '').slice(-4)}`;
}
