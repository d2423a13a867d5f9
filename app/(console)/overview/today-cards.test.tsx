import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { TodayCards } from '~/app/(console)/overview/today-cards';
import en from '~/app/messages/en/overview.json';
import es from '~/app/messages/es-MX/overview.json';
import type { Books } from '~/lib/overview/overview';

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

const NOTHING = { now: 0n, untilHour: 0n, usual: null };
const TODAY = {
  timeZone: 'UTC',
  usual: { hours: 10, in: { now: 9_000n, untilHour: 7_000n, usual: 4_000n }, out: NOTHING },
};
const BOOKS: Books = {
  ...{ asset: 'MXN', customers: { available: 0n, pending: 0n, reserved: 0n }, suspense: 0n, owed: 0n },
  ...{ cash: 0n, inTransit: 0n, incoming: 0n, held: 0n, difference: 0n, own: 0n, swept: 0n, sweptOut: 0n },
  ...{ receivable: 0n, unexplained: 0n, fintoc: null },
  proof: { light: 'new', summary: null, ledger: { light: 'new', faults: 0, at: null } },
};

/** The words of the cards, in the order in which they are read. */
function said(locale: 'es-MX' | 'en'): string {
  const html = renderToStaticMarkup(
    <AppRouterContext.Provider value={ROUTER}>
      <NextIntlClientProvider
        locale={locale}
        timeZone="UTC"
        // A Monday.
        now={new Date('2026-03-02T10:42:00Z')}
        messages={{ overview: locale === 'en' ? en : es }}
      >
        <TodayCards books={BOOKS} today={TODAY} queued={undefined} />
      </NextIntlClientProvider>
    </AppRouterContext.Provider>,
  );
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

it.each([
  [
    'es-MX',
    /Entró hoy 90\.00 MXN \+75 ?% contra un lunes usual Hasta las 10:00 70\.00 MXN Lo usual hasta entonces 40\.00 MXN/,
  ],
  [
    'en',
    /Came in today 90\.00 MXN \+75 ?% against a usual Monday By 10:00 70\.00 MXN Usual by then 40\.00 MXN/,
  ],
] as const)(
  'compares in %s what came in by an hour with what is usual by that same hour',
  (locale, words) => {
    expect(said(locale)).toMatch(words);
  },
);
