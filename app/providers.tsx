'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { useTheRest } from '~/components/ui/on-demand';
import { Toaster } from '~/components/ui/toast';

/** What client components find around them: theme and toasts. */
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
      {children}
      <Toaster />
    </ThemeProvider>
  );
}
