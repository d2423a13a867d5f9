'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '~/components/record/copy-button';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';

/** In place of a link whose answer never arrived. */
export const LOST = '';

type LinkShownProps = { link: string | null; hint: string; onClose: () => void };

/** The link to hand over, right after it was made: nobody sees it again. */
export function LinkShown({ link, hint, onClose }: LinkShownProps) {
  const t = useTranslations('settings.operators.link');
  const common = useTranslations('common');
  return (
    <Dialog open={link !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t('title')} description={link === LOST ? t('lost') : hint}>
        {link ? (
          <>
            <div className="flex items-start gap-2 rounded-md border bg-muted p-3">
              <code className="min-w-0 flex-1 break-all font-mono text-sm">{link}</code>
              <CopyButton value={link} label={t('title')} />
            </div>
            <Alert tone="info">{t('once')}</Alert>
          </>
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
