'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { Heard } from '~/components/ui/heard';
import { useTheRest } from '~/components/ui/on-demand';
import { Toaster } from '~/components/ui/toast';

/** What client components find around them: theme, toasts, and who marks what React hears. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  useTheRest();
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      nonce={nonce}
      enableSystem
      disableTransitionOnChange
    >
      <Heard>
        {children}
        <Toaster />
      </Heard>
    </ThemeProvider>
  );
}
