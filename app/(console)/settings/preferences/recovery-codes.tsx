'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { renewCodesAction } from '~/app/(console)/settings/preferences/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { CopyButton } from '~/components/record/copy-button';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';

/** New recovery codes in place of the old ones. */
export function RenewCodes() {
  const t = useTranslations('settings.preferences.factor');
  const [codes, setCodes] = useState<string | null>(null);
  return (
    <>
      <ConfirmDialog
        act="renew_codes"
        action={renewCodesAction}
        trigger={t('renewCodes')}
        title={t('renewCodesTitle')}
        consequence={t('renewCodesHint')}
        confirm={t('renewCodes')}
        onDone={({ secret = null }) => setCodes(secret)}
      />
      <CodesShown codes={codes} onClose={() => setCodes(null)} />
    </>
  );
}

/** Recovery codes right after they were made: nobody sees them again. */
export function CodesShown({ codes, onClose }: { codes: string | null; onClose: () => void }) {
  const t = useTranslations('settings.preferences.factor');
  return (
    <Dialog open={codes !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t('codesTitle')} description={t('codesHint')}>
        <div className="flex items-start gap-2 rounded-md border bg-muted p-3">
          <ul aria-label={t('codesTitle')} className="grid flex-1 gap-1 font-mono text-sm sm:grid-cols-2">
            {codes?.split('\n').map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton value={codes ?? ''} label={t('codesTitle')} />
        </div>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">{t('codesKept')}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
