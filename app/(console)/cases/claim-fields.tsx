'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AmountField } from '~/components/form/amount-field';
import { ClabeHint } from '~/components/form/clabe-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { bareOf } from '~/lib/text';

const CLABE_LENGTH = 18;

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
      {/* SPEI moves nothing but pesos. */}
      <AmountField name="amount" label={t('amount')} asset="MXN" initial={claim.amount} />
      <Field name="sendingBank" label={t('sendingBank')}>
        <Input defaultValue={claim.sendingBank} maxLength={80} autoComplete="off" />
      </Field>
      <Field name="receivingBank" label={t('receivingBank')}>
        <Input defaultValue={claim.receivingBank} maxLength={80} autoComplete="off" />
      </Field>
      <AccountField initial={claim.beneficiaryAccount} />
    </div>
  );
}

/** Of a CLABE it says whether it can be one; other numbers are taken as they are. */
function AccountField({ initial }: { initial: string }) {
  const t = useTranslations('cases.claim');
  const [account, setAccount] = useState(initial);
  const isClabe = bareOf(account).length === CLABE_LENGTH;
  return (
    <Field
      name="beneficiaryAccount"
      label={t('beneficiaryAccount')}
      hint={isClabe ? <ClabeHint typed={account} own={false} /> : undefined}
      className="sm:col-span-2"
    >
      <Input
        value={account}
        onChange={({ target }) => setAccount(target.value)}
        maxLength={40}
        className="font-mono"
        autoComplete="off"
      />
    </Field>
  );
}
