'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '~/components/record/copy-button';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';

/** In place of a secret whose answer never arrived. */
export const LOST = '';

/** A secret, right after it was made: nobody sees it again. */
export function SecretShown({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTranslations('apiKeys.secret');
  const common = useTranslations('common');
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t(secret === LOST ? 'lostTitle' : 'title')}
        description={t(secret === LOST ? 'lostHint' : 'hint')}
      >
        {secret ? (
          <div className="flex items-start gap-2 rounded-md border bg-muted p-3">
            <code className="min-w-0 flex-1 break-all font-mono text-sm">{secret}</code>
            <CopyButton value={secret} label={t('copy')} />
          </div>
        ) : null}
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">{common('close')}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
