import { Undo2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { releaseHoldAction } from '~/app/(console)/holds/actions';
import { AmountField } from '~/components/form/amount-field';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import type { HoldRecord } from '~/lib/holds/read';
import { formatAmount, toDecimal } from '~/lib/money';

/** Gives a part of what is set aside back, or all that is left of it. */
export function Release({ hold: { id, asset, left } }: { hold: HoldRecord }) {
  const t = useTranslations('holds.release');
  const locale = useLocale();
  return (
    <ConfirmDialog
      action={releaseHoldAction}
      act="release"
      hidden={{ holdId: id, asset }}
      trigger={
        <>
          <Undo2 aria-hidden />
          {t('action')}
        </>
      }
      title={t('title')}
      consequence={t('consequence', { left: formatAmount(left, asset, locale) })}
      confirm={t('confirm')}
      success={t('done')}
      reason="required"
    >
      <AmountField
        name="amount"
        label={t('amount', { asset })}
        asset={asset}
        required
        initial={toDecimal(left, asset)}
      />
    </ConfirmDialog>
  );
}
