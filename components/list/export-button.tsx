'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Exported } from '~/components/list/export-choices';
import { Button } from '~/components/ui/button';
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from '~/components/ui/dropdown-menu';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const choices = onDemand(() => import('~/components/list/export-choices'));

/** The list that is seen, all its pages, as a file. */
export function ExportButton(exported: Exported) {
  const t = useTranslations('exports');
  const [open, setOpen] = useState(false);
  const drawn = useOnDemand(choices, open);
  return (
    <DropdownMenu open={open && drawn !== null} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild {...(open && !drawn && { 'aria-busy': true })}>
        <Button className="max-sm:size-11 max-sm:px-0">
          <Download aria-hidden />
          <span className="max-sm:sr-only">{t('button')}</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {drawn ? <drawn.ExportChoices {...exported} /> : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
