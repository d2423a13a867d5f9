import { useTranslations } from 'next-intl';
import { requestDebtPlanAction } from '~/app/(console)/deposits/debts/actions';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { PLAN_EVERY } from '~/lib/transfers/debt-plans';

type PlanFormProps = { walletId: string; asset: string; debt: bigint };

/** How much, how often and from when. */
export function PlanForm({ walletId, asset, debt }: PlanFormProps) {
  const t = useTranslations('deposits.debts.plan');
  const common = useTranslations('common');
  return (
    <Form action={requestDebtPlanAction} hidden={{ walletId, asset }} success={t('asked')}>
      <p className="text-sm">{t.rich('owes', { amount: () => <Money amount={debt} asset={asset} /> })}</p>
      <p className="text-muted-foreground text-sm">{t('hint')}</p>
      <AmountField name="amount" label={t('amount')} asset={asset} initial="" required />
      <Field name="every" label={t('every')} required>
        <Select
          defaultValue="month"
          options={PLAN_EVERY.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      </Field>
      <Field name="inDays" label={t('inDays')} hint={t('inDaysHint')} required>
        <Input inputMode="numeric" maxLength={3} defaultValue={0} />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Textarea rows={3} maxLength={500} />
      </Field>
      <FormActions>
        <Button asChild>
          <Link href="/deposits/debts">{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('ask')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
