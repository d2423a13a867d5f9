'use client';

import { Bookmark } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LIST_PATH } from '~/components/list/view-query';
import { Button } from '~/components/ui/button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Popover, PopoverContent, PopoverTrigger } from '~/components/ui/popover';

const panel = onDemand(() => import('~/components/list/saved-views-panel'));

/** The button that opens the views of this list. */
export function SavedViews({ filtered }: { filtered: boolean }) {
  const t = useTranslations('common.views');
  const [open, setOpen] = useState(false);
  const drawn = useOnDemand(panel, open);
  if (!LIST_PATH.test(usePathname())) return null;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          title={t('button')}
          className="max-sm:size-11 max-sm:border max-sm:border-border-strong max-sm:bg-card max-sm:px-0"
        >
          <Bookmark aria-hidden />
          <span className="max-sm:sr-only">{t('button')}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent
        aria-label={t('button')}
        align="end"
        className="grid w-80 max-w-[calc(100vw-1rem)] gap-3"
      >
        {drawn ? <drawn.Views filtered={filtered} onOpened={() => setOpen(false)} /> : null}
      </PopoverContent>
    </Popover>
  );
}
