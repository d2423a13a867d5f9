import { expect, it } from 'vitest';
import { MOVEMENT_KINDS } from '~/lib/movements/kinds';
import { STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { wordsIn } from '~/lib/statements/words';

it.each(STATEMENT_LOCALES)('a statement in %s has a word for every kind of movement', (locale) => {
  expect(Object.keys(wordsIn(locale).kinds).sort()).toEqual([...MOVEMENT_KINDS].sort());
});

it('the two languages say different things', () => {
  const [spanish, english] = STATEMENT_LOCALES.map((locale) => Object.entries(wordsIn(locale).kinds));
  const same = spanish?.filter(
    ([kind, word], nth) => english?.[nth]?.[0] === kind && english[nth]?.[1] === word,
  );
  expect(same).toEqual([]);
});
