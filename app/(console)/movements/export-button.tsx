'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { withoutPage } from '~/components/page-query';
import { Button } from '~/components/ui/button';

type ExportButtonProps = { /** One wallet's; left out, of all. */ walletId?: string };

/** The list that is seen, all its pages, as a file. */
export function ExportButton({ walletId }: ExportButtonProps) {
  const t = useTranslations('movements.export');
  const query = withoutPage(new URLSearchParams(useSearchParams().toString()));
  if (walletId) query.set('wallet', walletId);
  return (
    <Button asChild className="max-sm:mb-3">
      <a href={`/api/export/movements?${query}`} download>
        <Download aria-hidden />
        {t('button')}
      </a>
    </Button>
  );
}
