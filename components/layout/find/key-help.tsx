import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Dialog, DialogContent } from '~/components/ui/dialog';
import { Kbd } from '~/components/ui/kbd';
import { Label } from '~/components/ui/label';
import { Switch } from '~/components/ui/switch';
import { useLetterKeys } from '~/components/ui/use-letter-keys';

const KEYS = [
  ['find', ['⌘', 'K']],
  ['findToo', ['/']],
  ['move', ['↑', '↓']],
  ['choose', ['Enter']],
  ['leave', ['Esc']],
  ['rows', ['J', 'K']],
  ['beside', ['Enter']],
  ['select', ['X']],
  ['help', ['?']],
] as const;

/** The keys of every page, and the switch for those of one letter. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations('find.keys');
  const id = useId();
  const [letters, turn] = useLetterKeys();
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t('title')} description={t('description')}>
        <dl className="grid text-sm">
          {KEYS.map(([name, keys]) => (
            <div
              key={name}
              className="flex items-center justify-between gap-4 border-b py-1.5 last:border-b-0"
            >
              <dt>{t(name)}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex items-start gap-3 rounded-lg border bg-muted px-3.5 py-3">
          <Switch id={id} checked={letters} onChange={({ target }) => turn(target.checked)} />
          <Label htmlFor={id}>{t('letters')}</Label>
        </div>
      </DialogContent>
    </Dialog>
  );
}
