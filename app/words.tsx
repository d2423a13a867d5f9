'use client';

import { NextIntlClientProvider } from 'next-intl';
import { type ReactNode, use } from 'react';
import { type Locale, loadMessages } from '~/app/messages/load';

/**
 * Gives client components the messages of a language. Browsers load them as a file that they keep: as a part of the
 * page, a third of a megabyte would come along with every page and every refresh of one.
 */
export function Words({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <NextIntlClientProvider locale={locale} messages={use(loadMessages(locale))}>
      {children}
    </NextIntlClientProvider>
  );
}
