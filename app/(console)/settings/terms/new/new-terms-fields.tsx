'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TermsFields } from '~/app/(console)/settings/terms/terms-fields';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { ASSETS } from '~/lib/money';

/** Of what asset the terms are says how their amounts are read, so they follow the choice. */
export function NewTermsFields({ rails }: { rails: string[] }) {
  const t = useTranslations('settings.terms');
  const [asset, setAsset] = useState('MXN');
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="name" label={t('name')} hint={t('nameHint')} required>
          <Input autoComplete="off" maxLength={60} />
        </Field>
        <Field name="asset" label={t('asset')} required>
          <Select
            value={asset}
            onChange={(event) => setAsset(event.target.value)}
            options={Object.keys(ASSETS).map((value) => ({ value, label: value }))}
          />
        </Field>
      </div>
      <TermsFields asset={asset} rails={rails} />
    </>
  );
}
