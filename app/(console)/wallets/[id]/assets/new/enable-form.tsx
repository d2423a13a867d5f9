'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { enableAssetAction } from '~/app/(console)/wallets/actions';
import { HoldingFields, type HoldingFieldsProps } from '~/app/(console)/wallets/new/holding-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';

type EnableFormProps = Pick<HoldingFieldsProps, 'customer' | 'assets' | 'entities' | 'canCreateEntity'> & {
  walletId: string;
  /** Without the default ones, which are what an empty choice means. */
  terms: readonly { id: string; name: string; asset: string }[];
};

/** Lets a wallet hold one more asset. */
export function EnableForm({ walletId, terms, ...holding }: EnableFormProps) {
  const t = useTranslations('wallets');
  const common = useTranslations('common');
  const [asset, setAsset] = useState(holding.assets[0]?.code ?? '');
  const ofAsset = terms.filter((item) => item.asset === asset);
  return (
    <Form act="enable_asset" action={enableAssetAction} hidden={{ walletId }} className="gap-5">
      <HoldingFields {...holding} initial={asset} pattern="A" onAsset={setAsset} />
      {ofAsset.length > 0 ? (
        <Field name="termsId" label={t('form.terms')} hint={t('form.termsHint')} className="sm:max-w-64">
          <Select
            placeholder={t('form.defaultTerms')}
            options={ofAsset.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : null}
      <FormActions>
        <Button asChild>
          <Link href={`/wallets/${walletId}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('enable.submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
