'use client';

import { Keyboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';
import { Kbd } from '~/components/ui/kbd';
import { useLetterKeys } from '~/components/ui/use-letter-keys';

export type KeyRow = { keys: string[]; label: string };

/** The keys that are used most, beside the list, and the way to all of them. */
export function ApprovalLegend({ decides, onHelp }: { decides: boolean; onHelp: () => void }) {
  const t = useTranslations('approvals.keys');
  const [letters] = useLetterKeys();
  const rows: KeyRow[] = letters
    ? [
        { keys: ['J', 'K'], label: t('move') },
        ...(decides
          ? [
              { keys: ['X'], label: t('choose') },
              { keys: ['A'], label: t('approve') },
              { keys: ['D'], label: t('decline') },
            ]
          : []),
        { keys: ['Enter'], label: t('look') },
      ]
    : [{ keys: ['↑', '↓'], label: t('move') }];
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-muted-foreground text-xs max-sm:hidden pointer-coarse:hidden">
      <ul aria-label={t('title')} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 max-lg:hidden">
        {rows.map((row) => (
          <li key={row.label} className="flex items-center gap-1">
            <Keys keys={row.keys} />
            <span className="ml-0.5">{row.label}</span>
          </li>
        ))}
      </ul>
      <Button variant="ghost" size="sm" onClick={onHelp} className="text-xs">
        <Keyboard aria-hidden />
        {t('open')}
        {letters ? <Kbd>?</Kbd> : null}
      </Button>
    </div>
  );
}

export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <>
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </>
  );
}
