'use client';

import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';

/** The fields of a SPEI aclaración, as typed. */
export type ClaimTexts = {
  trackingKey: string;
  operationDay: string;
  amount: string;
  sendingBank: string;
  receivingBank: string;
  beneficiaryAccount: string;
};

export function ClaimFields({ claim }: { claim: ClaimTexts }) {
  const t = useTranslations('cases.claim');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="trackingKey" label={t('trackingKey')} className="sm:col-span-2">
        <Input defaultValue={claim.trackingKey} maxLength={40} className="font-mono" autoComplete="off" />
      </Field>
      <Field name="operationDay" label={t('operationDay')}>
        <Input type="date" defaultValue={claim.operationDay} />
      </Field>
      <Field name="amount" label={t('amount')}>
        <Input inputMode="decimal" defaultValue={claim.amount} maxLength={40} autoComplete="off" />
      </Field>
      <Field name="sendingBank" label={t('sendingBank')}>
        <Input defaultValue={claim.sendingBank} maxLength={80} autoComplete="off" />
      </Field>
      <Field name="receivingBank" label={t('receivingBank')}>
        <Input defaultValue={claim.receivingBank} maxLength={80} autoComplete="off" />
      </Field>
      <Field name="beneficiaryAccount" label={t('beneficiaryAccount')} className="sm:col-span-2">
        <Input
          defaultValue={claim.beneficiaryAccount}
          maxLength={40}
          className="font-mono"
          autoComplete="off"
        />
      </Field>
    </div>
  );
}
