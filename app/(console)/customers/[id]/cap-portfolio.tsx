'use client';

import { Gauge } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { capPortfolioAction } from '~/app/(console)/customers/actions';
import { AmountField } from '~/components/form/amount-field';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Select } from '~/components/ui/select';
import { type AssetCode, formatAmount } from '~/lib/money';
import type { CapStanding } from '~/lib/terms/caps';

type CapPortfolioProps = {
  portfolio: { id: string; name: string };
  caps: readonly CapStanding[];
  assets: readonly AssetCode[];
};

/** Asks for other limits of a portfolio as a whole, an asset at a time. */
export function CapPortfolio({ portfolio: { id, name }, caps, assets }: CapPortfolioProps) {
  const t = useTranslations('customers.page.cap');
  return (
    <ConfirmDialog
      action={capPortfolioAction}
      act="cap"
      hidden={{ portfolioId: id }}
      trigger={
        <>
          <Gauge aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      reason="required"
    >
      <Limits caps={caps} assets={assets} />
    </ConfirmDialog>
  );
}

function Limits({ caps, assets }: Pick<CapPortfolioProps, 'caps' | 'assets'>) {
  const t = useTranslations('customers.page.cap');
  const locale = useLocale();
  const [asset, setAsset] = useState(assets.find((each) => each === caps[0]?.asset) ?? assets[0]);
  if (!asset) return null;
  const stands = (direction: CapStanding['direction']) => {
    const cap = caps.find((each) => each.asset === asset && each.direction === direction);
    return cap ? formatAmount(cap.ceiling, asset, locale) : '';
  };
  return (
    <>
      <Field name="asset" label={t('asset')} required>
        <Select
          value={asset}
          onChange={({ target }) => setAsset(assets.find((each) => each === target.value) ?? asset)}
          options={assets.map((value) => ({ value, label: value }))}
        />
      </Field>
      <AmountField
        key={`out ${asset}`}
        name="dayAmount"
        label={t('dayAmount')}
        hint={t('dayHint')}
        asset={asset}
        initial={stands('outbound')}
      />
      <AmountField
        key={`in ${asset}`}
        name="balanceAmount"
        label={t('balanceAmount')}
        hint={t('balanceHint')}
        asset={asset}
        initial={stands('inbound')}
      />
    </>
  );
}
