'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '~/components/form/form';
import { type Chosen, LookupField } from '~/components/form/lookup-field';
import { RadioGroup } from '~/components/ui/radio-group';

export type ExplainKind = 'external' | 'verification' | 'settlement' | 'wallet';

type ExplainFieldsProps = {
  kinds: readonly ExplainKind[];
  /** The wallet that it was likely of, under its name. */
  likely: Chosen | null;
};

/** What a payout was; and for a wallet's money, which wallet. */
export function ExplainFields({ kinds, likely }: ExplainFieldsProps) {
  const t = useTranslations('gate.explain');
  const [kind, setKind] = useState('');
  return (
    <>
      <Field name="kind" label={t('kind')} group required>
        <RadioGroup
          onValueChange={setKind}
          options={kinds.map((value) => ({
            value,
            label: t(`kinds.${value}.label`),
            description: t(`kinds.${value}.hint`),
          }))}
        />
      </Field>
      {kind === 'wallet' ? (
        <LookupField
          name="walletId"
          label={t('wallet')}
          of="wallets"
          search={t('walletSearch')}
          initial={likely}
          words={(wallet) => t('chosen', { wallet })}
          clear={t('otherWallet')}
          required
        />
      ) : null}
    </>
  );
}
