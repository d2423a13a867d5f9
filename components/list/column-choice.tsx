'use client';

import { Columns3 } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { toggledColumn } from '~/components/list/columns-query';
import { useGo } from '~/components/live/go';
import { Button } from '~/components/ui/button';
import { Checkbox } from '~/components/ui/checkbox';
import { Popover, PopoverContent, PopoverTrigger } from '~/components/ui/popover';

/** Where a list's bar has room for the choice, which its table alone knows. */
export const COLUMN_PLACE = 'list-columns';

type ColumnChoiceProps = {
  /** Those that may be left out. */
  columns: readonly { key: string; label: string }[];
  hidden: readonly string[];
};

/** Which columns of a list are seen. */
export function ColumnChoice({ columns, hidden }: ColumnChoiceProps) {
  const [place, setPlace] = useState<Element | null>(null);
  useEffect(() => setPlace(document.getElementById(COLUMN_PLACE)), []);
  return place && createPortal(<Choice columns={columns} hidden={hidden} />, place);
}

function Choice({ columns, hidden }: ColumnChoiceProps) {
  const t = useTranslations('common.columnChoice');
  const pathname = usePathname();
  const params = useSearchParams();
  const { go } = useGo();
  const left = columns.filter(({ key }) => hidden.includes(key)).length;

  function show(key: string, isShown: boolean) {
    const query = toggledColumn(params, key, isShown);
    void go(`${pathname}${query && `?${query}`}`, { replace: true, scroll: false });
  }

  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm">
          <Columns3 aria-hidden />
          {left > 0 ? t('some', { count: left }) : t('button')}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t('button')} align="end">
        <fieldset className="-m-1.5">
          <legend className="sr-only">{t('button')}</legend>
          {columns.map(({ key, label }) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control.
            <label
              key={key}
              className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm hover:bg-accent"
            >
              <Checkbox
                checked={!hidden.includes(key)}
                onChange={({ target }) => show(key, target.checked)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <p className="mt-2 text-muted-foreground text-xs">{t('hint')}</p>
      </PopoverContent>
    </Popover>
  );
}
