'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Dialog, DialogContent } from '~/components/ui/dialog';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const stepUp = onDemand(() => import('~/components/layout/step-up-form'), { atRest: false });

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
  const form = useOnDemand(stepUp, isOpen);
  return (
    <Dialog
      open={isOpen && form !== null}
      onOpenChange={(next) => {
        if (next) return;
        setOpen(false);
        onClose?.();
      }}
    >
      <DialogContent title={t('dialogTitle')} description={t('dialog')}>
        {form ? (
          <form.StepUpForm
            onProven={() => {
              setOpen(false);
              onProven();
            }}
          />
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
