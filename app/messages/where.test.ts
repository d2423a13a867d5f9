import { expect, it } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { CASE_SUBJECTS, CASE_TYPES, WAITS_FOR } from '~/lib/cases/kinds';
import { DIFFERENCES } from '~/lib/whereabouts/compare';
import { ABSENCES, NUMBER_RULES, VERDICTS } from '~/lib/whereabouts/verdict';

const namesOf = (words: object) => Object.keys(words).sort();

it.each(LOCALES)('every answer, absence and difference has its words in %s', async (locale) => {
  const { where } = await loadMessages(locale);
  for (const words of [where.verdict, where.reply.verdict])
    expect(namesOf(words)).toEqual([...VERDICTS].sort());
  for (const words of [where.absent.title, where.absent.text, where.reply.absent])
    expect(namesOf(words)).toEqual([...ABSENCES].sort());
  expect(namesOf(where.numberRules)).toEqual([...NUMBER_RULES].sort());
  expect(namesOf(where.differences)).toEqual([...DIFFERENCES].sort());
});

it.each(LOCALES)('what cases are about, and whose turn it is, has its words in %s', async (locale) => {
  const { cases } = await loadMessages(locale);
  expect(namesOf(cases.types)).toEqual([...CASE_TYPES].sort());
  expect(namesOf(cases.waitsFor)).toEqual([...WAITS_FOR].sort());
  expect(namesOf(cases.subjects)).toEqual([...CASE_SUBJECTS].sort());
});
