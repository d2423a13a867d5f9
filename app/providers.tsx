'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '~/components/ui/toast';
import { TooltipProvider } from '~/components/ui/tooltip';

/** What client components find around them: theme, polling, tooltips and toasts. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 1_000 } } }));
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      nonce={nonce}
      enableSystem
      disableTransitionOnChange
    >
      <QueryClientProvider client={queries}>
        <TooltipProvider delayDuration={250}>{children}</TooltipProvider>
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
