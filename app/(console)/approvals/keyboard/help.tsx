'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { type KeyRow, Keys } from '~/app/(console)/approvals/keyboard/keys';
import { Dialog, DialogContent } from '~/components/ui/dialog';
import { Label } from '~/components/ui/label';
import { Switch } from '~/components/ui/switch';
import { useLetterKeys } from '~/components/ui/use-letter-keys';

/** Every key of the inbox, and the switch for those of one letter. */
export function ApprovalHelp({ decides, onClose }: { decides: boolean; onClose: () => void }) {
  const t = useTranslations('approvals.keys');
  const id = useId();
  const [letters, turn] = useLetterKeys();
  const of = (letter: string[], others: string[]) => (letters ? [...letter, ...others] : others);
  const rows: KeyRow[] = [
    { keys: of(['J', 'K'], ['↑', '↓']), label: t('move') },
    { keys: ['Enter'], label: t('look') },
    ...(decides
      ? [
          { keys: of(['X'], [t('space')]), label: t('choose') },
          { keys: ['⇧', '↓'], label: t('extend') },
          { keys: of(['*'], []), label: t('all') },
          { keys: of(['A'], []), label: t('approve') },
          { keys: of(['D'], []), label: t('decline') },
          { keys: ['Esc'], label: t('clear') },
        ]
      : []),
    { keys: of(['?'], []), label: t('help') },
  ];
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t('title')} description={t('description')}>
        <dl className="grid text-sm">
          {rows
            .filter(({ keys }) => keys.length > 0)
            .map(({ keys, label }) => (
              <div
                key={label}
                className="flex items-center justify-between gap-4 border-b py-1.5 last:border-b-0"
              >
                <dt>{label}</dt>
                <dd className="flex gap-1">
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
        </dl>
        {decides ? <p className="text-muted-foreground text-sm">{t('target')}</p> : null}
        <div className="flex items-start gap-3 rounded-lg border bg-muted px-3.5 py-3">
          <Switch
            id={id}
            checked={letters}
            onChange={({ target }) => turn(target.checked)}
            aria-describedby={`${id}-hint`}
          />
          <div className="grid gap-0.5">
            <Label htmlFor={id}>{t('letters')}</Label>
            <p id={`${id}-hint`} className="text-muted-foreground text-sm">
              {t('lettersHint')}
            </p>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
