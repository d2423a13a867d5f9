import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { FAULT_PHRASES, faultWords, ruleKey } from '~/components/words/rule-words';

/** Every rule that these files state, by what they answer as `rule`. */
function statedRules(): string[] {
  const sources = ['rules', 'transfer-rules'].map((name) =>
    readFileSync(new URL(`../../lib/proof/${name}.ts`, import.meta.url), 'utf8'),
  );
  const names = sources.flatMap((source) => {
    // What is answered AS rule, maybe in the branches of a CASE; and what heads a row of VALUES, which is more than a word.
    const answered = [...source.matchAll(/SELECT ([^;`]*?) AS rule/g)].flatMap(([, text = '']) => [
      ...text.matchAll(/(?:^|THEN |ELSE )'((?:[^']|'')+)'/g),
    ]);
    const heads = source.matchAll(/^\s+\('((?:[^' ]|'')+ (?:[^']|'')+)',/gm);
    return [...answered, ...heads].map(([, name = '']) => name.replaceAll("''", "'"));
  });
  return [...new Set(names)];
}

test.each(LOCALES)('every rule of the books has words in %s, and no other has', async (locale) => {
  const { rules, faults } = (await loadMessages(locale)).proof;
  const stated = statedRules();
  expect(stated.length).toBeGreaterThan(20);
  expect(Object.keys(rules).sort()).toEqual([...stated.map(ruleKey), 'not_checked'].sort());
  expect(Object.keys(faults).sort()).toEqual([...FAULT_PHRASES].sort());
});

test('a row that is wrong is called by words, and its ids, codes and amounts stay as they are', async () => {
  const { faults } = (await loadMessages('es-MX')).proof;
  const words = (text: string) => faultWords(text, (phrase) => faults[phrase]);
  expect(words('transaction 7 (withdrawal:0b1:hold)')).toBe('asiento 7 (withdrawal:0b1:hold)');
  expect(words('entry 9 of wallet/0b1/reserved (transaction 7)')).toBe(
    'movimiento 9 de wallet/0b1/reserved (asiento 7)',
  );
  expect(words('account fintoc/acc_1/cash MXN')).toBe('cuenta fintoc/acc_1/cash MXN');
  expect(words('transfer:tr_1:credit: cash 100, in transit 0')).toBe(
    'transfer:tr_1:credit: efectivo 100, en tránsito 0',
  );
  expect(words('0 or more')).toBe('0 o más');
});
