'use client';

import { useTranslations } from 'next-intl';
import { SignInForm } from '~/components/layout/sign-in-form';
import { Dialog, DialogContent } from '~/components/ui/dialog';

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
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent
        title={t('title')}
        description={t('dialog', { before: isUnknown ? 'unknown' : 'nothing' })}
      >
        <SignInForm onSignedIn={onSignedIn} />
      </DialogContent>
    </Dialog>
  );
}
