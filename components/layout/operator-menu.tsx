'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OperatorMenuItemsProps } from '~/components/layout/operator-menu-items';
import { Avatar } from '~/components/ui/avatar';
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from '~/components/ui/dropdown-menu';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { roleWord } from '~/components/words/role-words';

const items = onDemand(() => import('~/components/layout/operator-menu-items'));

export type OperatorMenuProps = OperatorMenuItemsProps & {
  /** Only the picture, for the bar on phones. */
  compact?: boolean;
};

/** Who I am, and how I like to read: language, theme, time zone. */
export function OperatorMenu({ operator, onLocale, onTimeZone, compact = false }: OperatorMenuProps) {
  const t = useTranslations('nav');
  const roles = useTranslations('kinds.role');
  const [isOpen, setOpen] = useState(false);
  const drawn = useOnDemand(items, isOpen);

  return (
    <DropdownMenu open={isOpen && drawn !== null} onOpenChange={setOpen}>
      <DropdownMenuTrigger
        className={
          compact
            ? 'inline-flex size-11 items-center justify-center rounded-md hover:bg-accent'
            : 'flex w-full items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-accent data-[state=open]:bg-accent'
        }
      >
        <Avatar name={operator.name} />
        {compact ? (
          <span className="sr-only">{t('operator.menu', { name: operator.name })}</span>
        ) : (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-sm">{operator.name}</span>
              <span className="block truncate text-muted-foreground text-xs">
                {roleWord(roles, operator.role)}
              </span>
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align={compact ? 'end' : 'start'}
        side={compact ? 'bottom' : 'top'}
        className="w-60"
      >
        {drawn ? (
          <drawn.OperatorMenuItems operator={operator} onLocale={onLocale} onTimeZone={onTimeZone} />
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
