import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import en from '~/app/messages/en/common.json';
import es from '~/app/messages/es-MX/common.json';
import { type Found, Lookup } from '~/components/form/lookup-fields';
import { LOOKUPS, type LookupOf } from '~/components/form/lookup-sources';
import { queries } from '~/components/live/queries';

const ROUTER = {
  push: none,
  replace: none,
  refresh: none,
  prefetch: none,
  back: none,
  forward: none,
  bfcacheId: '',
};
function none(): void {}

/** A look-up as it stands before anything is typed, where this was answered. */
function lookupOf(of: LookupOf, locale: 'es-MX' | 'en', found: Found[]): string {
  queries.setQueryData(['lookup', of, ''], found);
  return renderToStaticMarkup(
    <AppRouterContext.Provider value={ROUTER}>
      <NextIntlClientProvider
        locale={locale}
        timeZone="UTC"
        messages={{ common: locale === 'en' ? en : es }}
        onError={(error) => {
          throw error;
        }}
      >
        <Lookup of={of} search="?" label="!" chosen={undefined} onChoose={none} />
      </NextIntlClientProvider>
    </AppRouterContext.Provider>,
  );
}

beforeEach(() => queries.clear());

describe.each(Object.keys(LOOKUPS) as LookupOf[])('a look-up of %s', (of) => {
  it.each([
    ['es-MX', 'Todavía no hay ', es.filters.lookupEmpty],
    ['en', 'There are no ', en.filters.lookupEmpty],
  ] as const)('says in %s that there is none yet, and where one is made', (locale, missing, noMatch) => {
    const html = lookupOf(of, locale, []);
    expect(html).toContain(missing);
    expect(html).toContain(`href="${LOOKUPS[of].madeOn}"`);
    expect(html).not.toContain(noMatch);
  });

  it('says nothing where there is one', () => {
    const html = lookupOf(of, 'en', [{ value: '1', label: 'Payroll', hint: 'Ana' }]);
    expect(html).toContain('Payroll');
    expect(html).not.toContain('There are no ');
  });
});
