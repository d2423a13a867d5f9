'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  CardAnswer,
  TextAnswer,
  TickAnswer,
  useAnswer,
  useNotes,
} from '~/app/(console)/entities/[id]/onboarding/answers';
import { FieldGroup } from '~/app/(console)/entities/[id]/onboarding/rows';
import { Field } from '~/components/form/form';
import {
  AMOUNT_RANGES,
  OPERATION_RANGES,
  OTHER,
  RESOURCE_ORIGINS,
  readRange,
} from '~/lib/entities/kyb-choices';

/** What the company is and where it is. */
export function CompanyFields() {
  const t = useTranslations('entities.form');
  const [same, setSame] = useState(useAnswer('company_information.same_address') === 'on');
  return (
    <FieldGroup title={t('company')}>
      <TextAnswer
        name="company_information.business_activity"
        label={t('businessActivity')}
        hint={t('businessActivityHint')}
        maxLength={200}
        wide
      />
      <TextAnswer
        name="company_information.settlement_account"
        label={t('settlementAccount')}
        hint={t('settlementAccountHint')}
        inputMode="numeric"
        className="font-mono"
        maxLength={30}
      />
      <TextAnswer
        name="company_information.incorporation_date"
        label={t('incorporationDate')}
        hint={t('incorporationDateHint')}
        type="date"
      />
      <TextAnswer
        name="company_information.fiscal_address"
        label={t('fiscalAddress')}
        hint={t('fiscalAddressHint')}
        maxLength={300}
        wide
      />
      <div className="sm:col-span-2">
        <TickAnswer
          name="company_information.same_address"
          label={t('sameAddress')}
          onChange={(event) => setSame(event.target.checked)}
        />
      </div>
      {same ? null : (
        <TextAnswer
          name="company_information.business_address"
          label={t('businessAddress')}
          maxLength={300}
          wide
        />
      )}
      <TextAnswer
        name="company_information.phone"
        label={t('phone')}
        hint={t('phoneHint')}
        type="tel"
        maxLength={30}
      />
    </FieldGroup>
  );
}

/** Where its money comes from and how much of it moves: choices in words, and a way to say what is none of them. */
export function ProfileFields() {
  const t = useTranslations('entities.form');
  const base = 'transactional_profile.resource_origins';
  const notes = useNotes(base);
  return (
    <FieldGroup title={t('profile')}>
      <Field name={base} label={t('origins')} hint={notes} required group className="sm:col-span-2">
        <div className="grid gap-3 sm:grid-cols-2">
          {RESOURCE_ORIGINS.map((origin) => (
            <TickAnswer key={origin} name={`${base}.${origin}`} label={t(`originTypes.${origin}`)} />
          ))}
        </div>
      </Field>
      <TextAnswer
        name={`${base}.${OTHER}`}
        label={t('originOther')}
        hint={t('originOtherHint')}
        optional
        spellCheck={false}
        maxLength={200}
        wide
      />
      <RangeAnswer field="monthly_amount_range" known={AMOUNT_RANGES} unit="amount" />
      <RangeAnswer field="monthly_operations_range" known={OPERATION_RANGES} unit="operations" />
    </FieldGroup>
  );
}

type RangeAnswerProps = { field: string; known: readonly string[]; unit: 'amount' | 'operations' };

function RangeAnswer({ field, known, unit }: RangeAnswerProps) {
  const t = useTranslations('entities.form');
  const name = `transactional_profile.${field}`;
  const [chosen, setChosen] = useState(useAnswer(name));
  return (
    <>
      <CardAnswer
        name={name}
        label={t(`${unit}Range`)}
        onValueChange={setChosen}
        options={[
          ...known.map((value) => ({ value, label: t(`${unit}UpTo`, { to: readRange(value)?.to ?? 0 }) })),
          { value: OTHER, label: t('rangeOther'), description: t('rangeOtherHint') },
        ]}
      />
      {chosen === OTHER ? (
        <>
          <TextAnswer name={`${name}.from`} label={t(`${unit}From`)} inputMode="numeric" maxLength={20} />
          <TextAnswer name={`${name}.to`} label={t(`${unit}To`)} inputMode="numeric" maxLength={20} />
        </>
      ) : null}
    </>
  );
}
