import { useTranslations } from 'next-intl';
import { endDebtPlanAction, requestDebtPlanAction } from '~/app/(console)/deposits/debts/actions';
import { AmountField } from '~/components/form/amount-field';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import type { Debt } from '~/lib/books/debts';

/** How a debt is paid in instalments, or the way to a plan for it. */
export function Plan({
  debt: { id: debtId, walletId, asset, plan },
  mayAsk,
}: {
  debt: Debt;
  mayAsk: boolean;
}) {
  const t = useTranslations('deposits.debts.plan');
  if (!plan) return mayAsk ? <NewPlan debtId={debtId} walletId={walletId} asset={asset} /> : t('none');
  const { id, amount, every, nextAt, missed } = plan;
  return (
    <span className="grid justify-items-start gap-0.5 leading-tight">
      <span>{t.rich('each', { every, amount: () => <Money amount={amount} asset={asset} /> })}</span>
      <span className="text-muted-foreground text-xs">
        {t.rich('next', { at: () => <Timestamp at={nextAt} format="date" /> })}
        {missed > 0 ? ` · ${t('missed', { count: missed })}` : null}
      </span>
      {mayAsk ? (
        <ConfirmDialog
          action={endDebtPlanAction}
          act="endPlan"
          about={debtId}
          hidden={{ planId: id }}
          trigger={t('end.trigger')}
          title={t('end.title')}
          consequence={t('end.consequence')}
          confirm={t('end.confirm')}
          success={t('end.done')}
          reason="required"
        />
      ) : null}
    </span>
  );
}

const PERIODS = ['week', 'fortnight', 'month'] as const;

/** How much, how often and from when; somebody else decides on it. */
function NewPlan({ debtId, walletId, asset }: Pick<Debt, 'walletId' | 'asset'> & { debtId: string }) {
  const t = useTranslations('deposits.debts.plan');
  return (
    <ConfirmDialog
      action={requestDebtPlanAction}
      act="newPlan"
      about={debtId}
      hidden={{ walletId, asset }}
      trigger={t('new')}
      title={t('title')}
      consequence={t('hint')}
      confirm={t('ask')}
      success={t('asked')}
      reason="required"
    >
      <AmountField name="amount" label={t('amount')} asset={asset} initial="" required />
      <Field name="every" label={t('every')} required>
        <Select
          defaultValue="month"
          options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      </Field>
      <Field name="inDays" label={t('inDays')} hint={t('inDaysHint')} required>
        <Input inputMode="numeric" maxLength={3} defaultValue={0} />
      </Field>
    </ConfirmDialog>
  );
}
