import { lineOf } from '~/lib/text';

/** SPEI's beneficiary name and concept have 40 characters each (Fintoc: the batch file's `comment`). */
export const SPEI_MAX = 40;

/** Latin letters that are no letter with a mark, as banks write them out. */
const SPELLED: Record<string, string> = {
  ...{ ß: 'ss', ẞ: 'SS', Æ: 'AE', æ: 'ae', Œ: 'OE', œ: 'oe', Ø: 'O', ø: 'o', Đ: 'D', đ: 'd', Ð: 'D', ð: 'd' },
  ...{ Ł: 'L', ł: 'l', Þ: 'Th', þ: 'th', ı: 'i', Ħ: 'H', ħ: 'h', Ŧ: 'T', ŧ: 't' },
};

/**
 * What the bank prints of a name or a concept. Neither SPEI's rules nor Fintoc's pages name the characters that every bank
 * takes: letters without marks, digits and blanks are what none refuses. Marks are left off (Ñ is N), all else is a blank,
 * and what goes beyond 40 characters is cut. Empty when nothing of it can be printed.
 */
export function speiText(text: string): string {
  return lineOf(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]/gu, (character) => SPELLED[character] ?? ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, SPEI_MAX)
    .trim();
}
