import { z } from 'zod';
import { lengthOf, lineOf, noteOf, sound } from '~/lib/text';

/*
 * Texts as forms and calls bring them. Apart from lib/text, which is small and goes to browsers too.
 */

export const isEmail = (text: string) => z.email().safeParse(text).success;

/** Longer than anything a person means: beyond it nothing is looked at. */
const MOST = 20_000;

function textSchema(read: (text: string) => string, max: number, min: number) {
  return z
    .string()
    .max(MOST)
    .transform((typed, context) => {
      const text = read(typed);
      const length = lengthOf(text);
      if (length === 0 && min > 0) context.addIssue('required');
      else if (length < min) context.addIssue('too_short');
      else if (length > max) context.addIssue('too_long');
      return text;
    });
}

/** One line that somebody has to type, of at most `max` characters. */
export const line = (max: number, min = 1) => textSchema(lineOf, max, min);

/** One line that may be left out; nothing to be seen is nothing typed. */
export const optionalLine = (max: number) =>
  textSchema(lineOf, max, 0)
    .transform((text) => text || undefined)
    .optional();

/** A remark or a reason, in as many lines as it takes. */
export const note = (max: number, min = 1) => textSchema(noteOf, max, min);

/** The name of a person, a company or a thing. */
export const personName = (max = 120) => line(max);

/** The id of something at Fintoc, or of ours that is no UUID: what can't be one is refused. */
export const outsideId = (max = 255) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u);

/** What a parser of its own reads later: an amount, a number, a tax id. As it was typed. */
export const typed = (max = 200) => z.string().max(max).transform(sound);
