import { lineOf } from '~/lib/text';

/**
 * The data that an onboarding starts with, asked for in four parts, and the body that Fintoc takes. Answers have flat
 * names (`shareholders.2.name`), as the form and the draft keep them. Messages are keys of the `invalid` messages.
 */
export const KYB_PARTS = [
  'company_information',
  'legal_representatives',
  'transactional_profile',
  'shareholders',
] as const;
export type KybPart = (typeof KYB_PARTS)[number];
/** What was typed, as it was typed; a box that is ticked is `on`, one that isn't is missing. */
export type Answers = Record<string, string>;
/** By the flat name of the field; one that is about a whole list has the list's name. */
export type Issues = Record<string, string>;

export const SHAREHOLDER_TYPES = ['natural_person', 'legal_entity'] as const;
export const MAX_ROWS = 20;

/** The part that a field is of; null for what is no field of ours. */
export function partOf(field: string): KybPart | null {
  return KYB_PARTS.find((part) => field === part || field.startsWith(`${part}.`)) ?? null;
}

/** The answers of one part, without those that were left blank. */
export function answersTo(part: KybPart, fields: Record<string, unknown>): Answers {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, string] =>
        entry[0].startsWith(`${part}.`) && typeof entry[1] === 'string' && lineOf(entry[1]) !== '',
    ),
  );
}

/** Whether a part is a list of people, each with the same fields. */
export function isList(part: KybPart): boolean {
  return part === 'legal_representatives' || part === 'shareholders';
}

/** A list's rows keep the numbers that the form gave them, also after one between them was removed. */
export function rowNumbers(part: string, answers: Answers): number[] {
  const numbers = Object.keys(answers).flatMap((name) => {
    const [list, number = '', field] = name.split('.');
    return list === part && field && /^\d{1,4}$/.test(number) ? [Number(number)] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
