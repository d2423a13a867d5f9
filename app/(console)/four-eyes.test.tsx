import fs from 'node:fs';
import path from 'node:path';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import english from '~/app/messages/en/approvals.json';
import spanish from '~/app/messages/es-MX/approvals.json';
import { FourEyesBanner } from '~/components/layout/four-eyes-banner';
import { ALONE } from '~/lib/approvals/actions';
import type { FourEyesOff } from '~/lib/approvals/four-eyes';

const LANGUAGES = [
  ['es-MX', spanish],
  ['en', english],
] as const;

function said(locale: (typeof LANGUAGES)[number][0], approvals: object, why: FourEyesOff['why']): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} timeZone="UTC" messages={{ approvals }}>
      <FourEyesBanner off={{ why, name: 'Ana Ríos' }} />
    </NextIntlClientProvider>,
  );
}

it.each(LANGUAGES)(
  'says in %s who it is, and everything that is done by one person alone',
  (locale, words) => {
    for (const why of ['one_person', 'made_by_one'] as const) {
      const html = said(locale, words, why);
      expect(html).toContain('Ana Ríos');
      const kinds: Record<string, string> = words.kinds;
      for (const action of ALONE) expect(html).toContain(kinds[action.replace('.', '_')]);
    }
  },
);

it.each(LANGUAGES)('says in %s that one hand gave all access, and how that ends', (locale, words) => {
  const html = said(locale, words, 'made_alone');
  expect(html).toContain(words.fourEyes.oneHand);
  expect(html).toContain('operator:create');
});

it('stands on every page of the console', () => {
  const layout = fs.readFileSync(path.join(import.meta.dirname, 'layout.tsx'), 'utf8');
  expect(layout).toMatch(/\{off \? <FourEyesBanner off=\{off\} \/> : null\}\s*\{children\}/);
});
