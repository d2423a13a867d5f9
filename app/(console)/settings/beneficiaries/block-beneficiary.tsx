'use client';

import { Ban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { blockBeneficiaryAction } from '~/app/(console)/settings/beneficiaries/actions';
import { ClabeHint } from '~/components/clabe-hint';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Field } from '~/components/form';
import { Input } from '~/components/ui/input';

/** Takes a CLABE, checked as it is typed, and why nobody may pay to it. */
export function BlockBeneficiary() {
  const t = useTranslations('settings.beneficiaries');
  return (
    <ConfirmDialog
      action={blockBeneficiaryAction}
      trigger={
        <>
          <Ban aria-hidden />
          {t('block')}
        </>
      }
      triggerVariant="primary"
      title={t('blockTitle')}
      consequence={t('blockHint')}
      confirm={t('block')}
      reason="required"
      success={t('blocked')}
    >
      <ClabeField />
    </ConfirmDialog>
  );
}

/** Of its own, so that a dialog that is opened again starts empty. */
function ClabeField() {
  const t = useTranslations('settings.beneficiaries');
  const [typed, setTyped] = useState('');
  return (
    <Field name="number" label={t('clabe')} hint={<ClabeHint typed={typed} own={false} />} required>
      <Input
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={30}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="font-mono"
      />
    </Field>
  );
}
