import { _createCache, _createIntlFormatters } from 'use-intl/core';
import { expect, test } from 'vitest';
import formatMessage from '~/app/messages/format-message';
import config from '~/next.config';

const cache = _createCache();
const options = { cache, formatters: _createIntlFormatters(cache), locale: 'es-MX' as const };

test('a name, a concept or a reason that runs from right to left takes nothing of its sentence along', () => {
  const said = (values: Record<string, string | number>) =>
    formatMessage('any', 'A {name}: {reason} ({count, number})', values, options);
  expect(said({ name: 'محمد علي', reason: 'Renta', count: 3 })).toBe('A \u2068محمد علي\u2069: Renta (3)');
  expect(said({ name: 'Ana', reason: 'שכר 12', count: 3 })).toBe('A Ana: \u2068שכר 12\u2069 (3)');
});

test('every sentence of the console is put together so', () => {
  expect(config.turbopack?.resolveAlias).toMatchObject({
    'use-intl/format-message': './app/messages/format-message.ts',
  });
});
