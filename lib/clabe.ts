import { bareOf } from '~/lib/text';

export type ClabeCheck =
  | { ok: true; clabe: string }
  | { ok: false; reason: 'length' | 'characters' | 'check_digit' };

/** The digits of a CLABE as a person pastes it: without blanks, dots, hyphens of any kind or invisible marks. */
export function normalizeClabe(text: string): string {
  return bareOf(text);
}

/** Banxico's: by which each of the first 17 digits is multiplied, over and over. */
const WEIGHTS = [3, 7, 1] as const;

/** The check digit that belongs after the first 17 digits. */
export function clabeCheckDigit(first17: string): string {
  if (!/^\d{17}$/.test(first17))
    throw new RangeError('A CLABE check digit is computed over exactly 17 digits.');
  const sum = [...first17].reduce(
    (total, digit, place) => total + ((Number(digit) * (WEIGHTS[place % 3] ?? 1)) % 10),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}

/** Says whether the text is a CLABE, and if not, why. An unknown bank is no reason to refuse: new ones appear. */
export function checkClabe(text: string): ClabeCheck {
  const clabe = normalizeClabe(text);
  if (/\D/.test(clabe)) return { ok: false, reason: 'characters' };
  if (clabe.length !== 18) return { ok: false, reason: 'length' };
  if (clabe.slice(17) !== clabeCheckDigit(clabe.slice(0, 17))) return { ok: false, reason: 'check_digit' };
  return { ok: true, clabe };
}

/** Whether the text is a CLABE: 18 digits whose check digit is right. */
export function isValidClabe(text: string): boolean {
  return checkClabe(text).ok;
}

/** `735 969 00000020329 7`: bank, city, account, check digit. Anything that is not 18 digits comes back as it was. */
export function formatClabe(clabe: string): string {
  const digits = normalizeClabe(clabe);
  if (!/^\d{18}$/.test(digits)) return clabe;
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6, 17)} ${digits.slice(17)}`;
}

/** Keeps the bank and the last four digits, so that two numbers can be told apart without showing either. */
export function maskClabe(clabe: string): string {
  const digits = normalizeClabe(clabe);
  if (digits.length !== 18) return '•'.repeat(digits.length);
  return `${digits.slice(0, 3)} ••• ••••••••${digits.slice(14, 17)} ${digits.slice(17)}`;
}
