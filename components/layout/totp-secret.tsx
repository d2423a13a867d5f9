'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '~/components/record/copy-button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Skeleton } from '~/components/ui/skeleton';

const codes = onDemand(() => import('qrcode.react'), { atRest: false });

const SIDE = 168;

/** What an authenticator app reads, as a picture and as text for who types it; null while it is on its way. */
export function TotpSecret({ uri }: { uri: string | null }) {
  const t = useTranslations('login.factor');
  const drawn = useOnDemand(codes, true);
  const secret = uri === null ? '' : (new URL(uri).searchParams.get('secret') ?? '');
  return (
    <div className="grid justify-items-center gap-3">
      {/* Readers of pictures want dark on light, whatever the page is. */}
      <div className="rounded-lg bg-white p-3">
        {uri === null || drawn === null ? (
          <Skeleton className="size-[168px]" />
        ) : (
          <drawn.QRCodeSVG value={uri} size={SIDE} title={t('qr')} role="img" />
        )}
      </div>
      <div className="flex w-full items-start gap-2 rounded-md border bg-muted p-2.5">
        <div className="min-w-0 flex-1">
          <p className="text-muted-foreground text-xs">{t('secret')}</p>
          <code className="break-all font-mono text-sm">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
        <CopyButton value={secret} label={t('copySecret')} />
      </div>
    </div>
  );
}
