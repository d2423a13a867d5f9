import { useTranslations } from 'next-intl';
import { endDebtPlanAction } from '~/app/(console)/deposits/debts/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { Debt } from '~/lib/books/debts';

/** How a debt is paid in instalments, or the way to a plan for it. */
export function Plan({ debt: { walletId, asset, plan }, mayAsk }: { debt: Debt; mayAsk: boolean }) {
  const t = useTranslations('deposits.debts.plan');
  if (!plan)
    return mayAsk ? (
      <Button asChild size="sm">
        <Link href={to(`/deposits/debts/plan?wallet=${walletId}&asset=${asset}`)}>{t('new')}</Link>
      </Button>
    ) : (
      t('none')
    );
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
