'use client';

import { Lock, RotateCw, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '~/components/list/empty-state';
import { CopyButton } from '~/components/record/copy-button';
import { Button } from '~/components/ui/button';

/** As lib/errors calls it: no defect, but what the reader's role doesn't reach to. */
const BEYOND_SCOPE = 'beyond_scope';

type ErrorViewProps = { error: unknown; retry: () => void };

/** A defect: what to do, and the code under which the server logged it. Never its message. */
export function ErrorView({ error, retry }: ErrorViewProps) {
  const t = useTranslations('common.error');
  const digest = digestOf(error);
  if (digest === BEYOND_SCOPE)
    return <EmptyState icon={Lock} title={t('beyond.title')} description={t('beyond.description')} />;
  return (
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title={t('title')}
        description={t('description')}
        action={
          <div className="grid justify-items-center gap-4">
            <Button variant="primary" onClick={retry}>
              <RotateCw aria-hidden />
              {t('retry')}
            </Button>
            {digest ? (
              <span className="inline-flex flex-wrap items-center justify-center gap-1 text-muted-foreground text-xs">
                {t('share')} <span className="font-mono">{digest}</span>
                <CopyButton value={digest} label={t('code')} />
              </span>
            ) : null}
          </div>
        }
      />
    </div>
  );
}

function digestOf(error: unknown): string | null {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return typeof digest === 'string' ? digest : null;
}
