import { isValidClabe, maskClabe, normalizeClabe } from '~/lib/clabe';
import { maskPhone } from '~/lib/people/masking';
import { checkTaxId, maskTaxId } from '~/lib/tax-id';

export const HIDDEN = '•••';

/** What people put between the digits of a number: a mark, or one with blanks around it. */
const GAP = String.raw`[\s.\-\u00A0\u2010-\u2015\u2212]{0,3}`;
const DASH = String.raw`[-\u2010-\u2015\u2212]`;
const digits = (count: number) => String.raw`\d(?:${GAP}\d){${count - 1}}`;
/** What is glued to a word is still a number; what is part of a longer one isn't. */
const number = (inner: string) => new RegExp(String.raw`(?<!\p{N})(?:${inner})(?!\p{N})`, 'giu');
const UUID = /([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i;

type Pattern = { found: RegExp; masked: (found: string, whole: string) => string | null };

/** In this order: what is longer first, so that no phone is found inside a CLABE. */
const PATTERNS: Pattern[] = [
  { found: /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/giu, masked: () => HIDDEN },
  {
    found: number(digits(18)),
    masked: (found) => (isValidClabe(found) ? maskClabe(normalizeClabe(found)) : null),
  },
  ...[16, 15].map((count) => ({
    found: number(digits(count)),
    masked: (found: string) => (isCard(found) ? maskedCard(found) : null),
  })),
  // A CURP, and an RFC of a person or a company.
  ...[
    String.raw`[A-Z]{4}${GAP}\d{6}${GAP}[A-Z]{6}[A-Z\d]\d`,
    String.raw`[A-ZÑ&]{4}${GAP}\d{6}${GAP}[A-Z\d]{3}`,
    String.raw`[A-ZÑ&]{3}${GAP}\d{6}${GAP}[A-Z\d]{3}`,
  ].map((form) => ({ found: number(form), masked: (found: string) => ofTaxId('mx', found) })),
  // Without its dash it looks like any other number.
  {
    found: number(String.raw`\d{1,2}\.?\d{3}\.?\d{3}\s?${DASH}\s?[\dK](?!\p{L})`),
    masked: (found) => ofTaxId('cl', found),
  },
  // With the country's number, as it is dialled from anywhere.
  { found: new RegExp(String.raw`\+\d(?:${GAP}\d){9,13}(?!\p{N})`, 'gu'), masked: maskPhone },
  { found: number(`(?:00${GAP})?52(?:${GAP}1)?${GAP}${digits(10)}`), masked: maskPhone },
  { found: number(`(?:00${GAP})?56${GAP}9${GAP}${digits(8)}`), masked: maskPhone },
  { found: number(`04[45]${GAP}${digits(10)}`), masked: maskPhone },
  // Ten digits and nothing else are more often a reference, and so are Chile's nine.
  ...[
    String.raw`\(?\d{2}\)?${GAP}${digits(8)}`,
    String.raw`\(?\d{3}\)?${GAP}${digits(7)}`,
    String.raw`9${GAP}\d{4}${GAP}\d{4}`,
  ].map((form) => ({
    found: number(form),
    masked: (found: string, whole: string) => (found === whole.trim() ? null : maskPhone(found)),
  })),
];

/**
 * Text of others for who may not see personal data: a concept, a note, a refusal, with what gives itself away by its
 * form masked wherever it stands: e-mails, CLABEs, cards, tax ids and phones. Names stay.
 */
export function maskedText(text: string): string {
  // An id of ours may hold as many digits as a phone.
  return text
    .split(UUID)
    .map((part, nth) =>
      nth % 2 === 1 ? part : PATTERNS.reduce((masked, each) => replaced(masked, each, text), part),
    )
    .join('');
}

/** What looks like one and is none is looked at again from its next character on: one may begin inside of it. */
function replaced(text: string, { found, masked }: Pattern, whole: string): string {
  const pieces: string[] = [];
  let [done, from] = [0, 0];
  for (;;) {
    found.lastIndex = from;
    const match = found.exec(text);
    if (!match) return pieces.join('') + text.slice(done);
    const mask = masked(match[0], whole);
    from = match.index + (mask === null ? 1 : match[0].length);
    if (mask === null) continue;
    pieces.push(text.slice(done, match.index), mask);
    done = from;
  }
}

function ofTaxId(country: 'mx' | 'cl', found: string): string | null {
  const check = checkTaxId(country, found);
  return check.ok ? maskTaxId(check.normalized) : null;
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
