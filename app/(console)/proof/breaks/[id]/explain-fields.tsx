'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '~/components/form/form';
import { Lookup } from '~/components/form/lookup-fields';
import { RadioGroup } from '~/components/ui/radio-group';

export type ExplainKind = 'external' | 'verification' | 'settlement' | 'wallet';

type ExplainFieldsProps = {
  kinds: readonly ExplainKind[];
  /** The wallet that it was likely of, under its name. */
  likely: { id: string; name: string } | null;
};

/** What a payout was; and for a wallet's money, which wallet. */
export function ExplainFields({ kinds, likely }: ExplainFieldsProps) {
  const t = useTranslations('gate.explain');
  const [kind, setKind] = useState('');
  const [wallet, setWallet] = useState(likely);
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
        <Field name="walletId" label={t('wallet')} group required>
          <p role="status" className="text-sm empty:hidden">
            {wallet ? t('chosen', { wallet: wallet.name }) : null}
          </p>
          {wallet ? <input type="hidden" name="walletId" value={wallet.id} /> : null}
          <Lookup
            source="/api/wallets"
            search={t('walletSearch')}
            label={t('wallet')}
            chosen={wallet?.id}
            onChoose={({ value, label }) => setWallet({ id: value, name: label })}
            short
          />
        </Field>
      ) : null}
    </>
  );
}
