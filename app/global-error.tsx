'use client';

import { Heard } from '~/components/ui/heard';
import './globals.css';

/** Replaces the whole page when even the root layout fails, so it has no messages to read: both languages, plainly. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return (
    <html lang="es-MX">
      <body>
        <Heard>
          <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
            <title>Monedero</title>
            <h1 className="font-semibold text-xl">Algo falló de nuestro lado</h1>
            <p className="text-muted-foreground">
              Intenta de nuevo en un momento.{' '}
              <span lang="en">Something failed on our side; try again in a moment.</span>
            </p>
            {typeof digest === 'string' ? (
              <code className="font-mono text-muted-foreground text-xs">{digest}</code>
            ) : null}
            <button
              type="button"
              onClick={retry}
              className="h-10 rounded-md bg-primary px-4 font-medium text-primary-foreground hover:bg-primary-hover"
            >
              Intentar de nuevo · <span lang="en">Try again</span>
            </button>
          </main>
        </Heard>
      </body>
    </html>
  );
}
