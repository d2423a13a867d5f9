'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { openOwnWalletAction } from '~/app/(console)/wallets/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { useAssetName } from '~/components/words/asset-words';

const KINDS = ['general', 'house'] as const;

type OwnFormProps = {
  assets: readonly string[] /** Those that have no wallet yet. */;
  roles: readonly string[];
};

/** Makes a wallet of the platform's own, or one that only keeps balances. */
export function OwnForm({ assets, roles }: OwnFormProps) {
  const t = useTranslations('wallets');
  const common = useTranslations('common');
  const nameOf = useAssetName();
  const [kind, setKind] = useState<string>('general');
  return (
    <Form act="open_own_wallet" action={openOwnWalletAction} className="gap-5">
      <Field name="kind" label={t('own.kind')} required group>
        <RadioGroup
          defaultValue={kind}
          onValueChange={setKind}
          options={KINDS.map((value) => ({
            value,
            label: t(`own.kinds.${value}`),
            description: t(`own.about.${value}`),
          }))}
        />
      </Field>
      <Field name="asset" label={t('form.asset')} hint={t('own.assetHint')} required className="sm:max-w-64">
        <Select options={assets.map((value) => ({ value, label: nameOf(value) }))} />
      </Field>
      {kind === 'house' && roles.length > 0 ? (
        <Field name="houseRole" label={t('own.role')} hint={t('own.roleHint')} className="sm:max-w-64">
          <Select
            placeholder={t('own.noRole')}
            options={roles.map((value) => ({ value, label: t(`house.roles.${value as 'operating'}`) }))}
          />
        </Field>
      ) : null}
      <Field name="name" label={t('form.name')} hint={t('own.nameHint')} required>
        <Input autoComplete="off" maxLength={80} />
      </Field>
      <FormActions>
        <Button asChild>
          <Link href="/wallets">{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('form.submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
