'use client';

import { ErrorView } from '~/components/layout/error-view';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <ErrorView error={error} retry={retry} />
    </main>
  );
}
