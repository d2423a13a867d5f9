'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { StepUpForm } from '~/components/layout/step-up-form';
import { Dialog, DialogContent } from '~/components/ui/dialog';

type StepUpProps = {
  /** An answer that asks for it: each opens the dialog anew. Null where none does. */
  asked: object | null;
  onProven: () => void;
  onClose?: () => void;
};

/** Over a form whose sending found that nobody showed for a while that it is still they. It is sent again once they did. */
export function StepUp({ asked, onProven, onClose }: StepUpProps) {
  const t = useTranslations('form.stepUp');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(asked !== null), [asked]);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(next) => {
        if (next) return;
        setOpen(false);
        onClose?.();
      }}
    >
      <DialogContent title={t('dialogTitle')} description={t('dialog')}>
        <StepUpForm
          onProven={() => {
            setOpen(false);
            onProven();
          }}
        />
      </DialogContent>
    </Dialog>
  );
}
