import { useTranslations } from 'next-intl';
import type { Retry } from '~/app/(console)/withdrawals/new/withdrawal-form';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { useReasons } from '~/components/words/reason-words';
import { toDecimal } from '~/lib/money';
import { textOf } from '~/lib/people/masking';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';
import { isOver } from '~/lib/withdrawals/retries';

/** What a withdrawal asked for, as it is typed; null for one that may still pay, or was tried again already. */
export function retryOf(before: WithdrawalRecord): Retry | null {
  if (!isOver(before.status) || before.retry) return null;
  return {
    id: before.id,
    amount: toDecimal(before.amount, before.asset),
    destination: textOf(before.destination),
    beneficiaryName: before.beneficiaryName ?? '',
    beneficiaryTaxId: before.beneficiaryTaxId ? textOf(before.beneficiaryTaxId) : '',
    comment: before.comment ?? '',
    referenceId: before.referenceId ?? '',
  };
}

/** Which withdrawal is asked again, why it ended, and what to change; or why it can't be asked again. */
export function RetryNotice({ before }: { before: WithdrawalRecord }) {
  const t = useTranslations('withdrawals.retry');
  const reasonOf = useReasons();
  const { id, status, amount, asset, createdAt, failureCode, retry } = before;
  const open = retryOf(before) !== null;
  const reason = failureCode ? reasonOf(failureCode) : null;
  return (
    <Alert
      tone={open ? 'info' : 'warning'}
      className="mb-5"
      title={t.rich(open ? 'of' : retry ? 'again' : 'notOver', {
        amount: () => <Money amount={amount} asset={asset} />,
        at: () => <Timestamp at={createdAt} />,
      })}
      action={
        <Button asChild size="sm">
          <Link href={`/withdrawals/${retry && !open ? retry.id : id}`}>
            {t(retry && !open ? 'toNew' : 'toOld')}
          </Link>
        </Button>
      }
    >
      {open && reason && isOver(status) ? `${reason.why}. ${reason.what}` : null}
    </Alert>
  );
}
