import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Providers } from '~/app/providers';
import { Words } from '~/app/words';
import { cn } from '~/components/ui/cn';
import { keepEarlyPress } from '~/components/ui/keep-press';
import { nonceOf } from '~/lib/entrance/policy';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Monedero', template: '%s · Monedero' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  // Up to a phone's edges: what stands there keeps off what its makers cut out.
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#101217' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = nonceOf((await headers()).get('content-security-policy') ?? '');
  const locale = await getLocale();
  return (
    // next-themes sets the theme's class before the first paint, which the server can't know.
    <html lang={locale} className={cn(GeistSans.variable, GeistMono.variable)} suppressHydrationWarning>
      <body>
        {/* A browser shows no script its nonce. */}
        <script nonce={nonce} suppressHydrationWarning>{`(${keepEarlyPress})()`}</script>
        <NextIntlClientProvider messages={null}>
          <Words locale={locale}>
            <Providers nonce={nonce}>{children}</Providers>
          </Words>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
