import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FilterRow } from '~/components/list/filter-chip';
import { type ChipFilter, stateOf } from '~/components/list/filters';
import { Button } from '~/components/ui/button';
import { Sheet, SheetClose, SheetContent, SheetTrigger } from '~/components/ui/sheet';

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
  const [shown, setShown] = useState<string | null>(null);
  return (
    <Sheet onOpenChange={() => setShown(null)}>
      <SheetTrigger asChild>
        <Button className="sm:hidden">
          <SlidersHorizontal aria-hidden />
          {active > 0 ? t('sheetActive', { count: active }) : t('label')}
        </Button>
      </SheetTrigger>
      <SheetContent side="bottom" title={t('label')}>
        <div className="px-5">
          {filters.map((filter) => (
            <FilterRow
              key={filter.name}
              filter={filter}
              {...stateOf(filter, params, read)}
              open={shown === filter.name}
              onOpen={(isOpen) => setShown(isOpen ? filter.name : null)}
              onChange={onChange}
            />
          ))}
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
