'use client';

import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Alert } from '~/components/ui/alert';
import { Select } from '~/components/ui/select';

type EntityFieldProps = {
  customer: { name: string; hasCurp: boolean };
  entities: readonly { id: string; holderName: string }[];
  canCreate: boolean;
};

/** The legal holder of a pattern C wallet: one that stands at Fintoc, or a new one where its API makes them. */
export function EntityField({ customer, entities, canCreate }: EntityFieldProps) {
  const t = useTranslations('wallets.form');
  if (entities.length === 0 && !canCreate) return <Alert tone="warning">{t('entityFromDashboard')}</Alert>;
  return (
    <>
      <Field name="entityId" label={t('entity')} hint={t('entityHint')} required>
        <Select
          defaultValue={entities[0]?.id ?? ''}
          {...(canCreate ? { placeholder: t('createEntity', { name: customer.name }) } : {})}
          options={entities.map(({ id, holderName }) => ({ value: id, label: `${holderName} · ${id}` }))}
        />
      </Field>
      {customer.hasCurp && canCreate ? <Alert tone="warning">{t('curpWarning')}</Alert> : null}
    </>
  );
}
