import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ChipFilter } from '~/components/list/filters';
import { Button } from '~/components/ui/button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Sheet, SheetClose, SheetContent, SheetTrigger } from '~/components/ui/sheet';

const rows = onDemand(() => import('~/components/list/filter-rows'));

type FilterSheetProps = {
  filters: readonly ChipFilter[];
  read: { unreadable: readonly string[] };
  params: { get: (name: string) => string | null };
  /** How many of them are on. */
  active: number;
  onChange: (changes: Record<string, string | undefined>) => Promise<boolean>;
  onClear: () => void;
};

/** The filters of a list on a phone: one button that says how many are on, and a sheet with all of them. */
export function FilterSheet({ filters, read, params, active, onChange, onClear }: FilterSheetProps) {
  const t = useTranslations('common.filters');
  const [open, setOpen] = useState(false);
  const drawn = useOnDemand(rows, open);
  return (
    <Sheet open={open && drawn !== null} onOpenChange={setOpen}>
      <SheetTrigger asChild {...(open && !drawn && { 'aria-busy': true })}>
        <Button className="sm:hidden">
          <SlidersHorizontal aria-hidden />
          {active > 0 ? t('sheetActive', { count: active }) : t('label')}
        </Button>
      </SheetTrigger>
      <SheetContent side="bottom" title={t('label')}>
        <div className="px-5">
          {drawn ? <drawn.FilterRows {...{ filters, read, params, onChange }} /> : null}
        </div>
        <div className="sticky bottom-0 mt-auto flex gap-2 bg-popover px-5 py-3 [&>*]:flex-1">
          {active > 0 ? <Button onClick={onClear}>{t('clearAll')}</Button> : null}
          <SheetClose asChild>
            <Button variant="primary">{t('see')}</Button>
          </SheetClose>
        </div>
      </SheetContent>
    </Sheet>
  );
}
