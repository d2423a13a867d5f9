'use client';

import { useTranslations } from 'next-intl';
import { Dialog, DialogContent } from '~/components/ui/dialog';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const signIn = onDemand(() => import('~/components/layout/sign-in-form'), { atRest: false });

type SignInDialogProps = {
  open: boolean;
  /** Something was sent before that nobody answered. */
  isUnknown?: boolean;
  onClose: () => void;
  onSignedIn: () => void;
};

/** Signs in again over the page that is open, which stays as it is. */
export function SignInDialog({ open, isUnknown = false, onClose, onSignedIn }: SignInDialogProps) {
  const t = useTranslations('form.signedOut');
  const form = useOnDemand(signIn, open);
  return (
    <Dialog open={open && form !== null} onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent
        title={t('title')}
        description={t('dialog', { before: isUnknown ? 'unknown' : 'nothing' })}
      >
        {form ? <form.SignInForm onSignedIn={onSignedIn} /> : null}
      </DialogContent>
    </Dialog>
  );
}
