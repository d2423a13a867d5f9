import { useLocale, useTranslations } from 'next-intl';
import {
  approveBatchAction,
  cancelBatchAction,
  confirmBatchAction,
  declineBatchAction,
} from '~/app/(console)/withdrawals/batches/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Decision } from '~/components/form/decision';
import { Field } from '~/components/form/form';
import { DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import { Checkbox } from '~/components/ui/checkbox';
import type { BatchRecord } from '~/lib/batches/read';
import { formatAmount } from '~/lib/money';
import { can, type Role } from '~/lib/roles';

type DecisionsProps = { batch: BatchRecord; operator: { id: string; role: Role } };

/** What this operator can still do about a batch. */
export function Decisions({ batch, operator }: DecisionsProps) {
  const { state, requestedById, totals, withRepeats } = batch;
  const own = requestedById === operator.id;
  const requests = can(operator.role, 'withdrawals:request');
  const decides = state === 'awaiting_approval' && !own && can(operator.role, 'withdrawals:approve');
  const open = ['draft', 'holding', 'awaiting_approval'].includes(state);
  const payable = totals.payable + withRepeats.payable > 0;
  return (
    <>
      {open && requests ? <Cancel batch={batch} /> : null}
      {state === 'draft' && own && requests && payable ? <Confirm batch={batch} /> : null}
      {decides ? <Decline batch={batch} /> : null}
      {decides ? <Approve batch={batch} /> : null}
    </>
  );
}

type OfOne = { batch: BatchRecord };
const hiddenOf = ({ id }: BatchRecord) => ({ batchId: id });

function Confirm({ batch }: OfOne) {
  const t = useTranslations('batches.decide.confirm');
  const locale = useLocale();
  const { totals, withRepeats, same, asset } = batch;
  const more = withRepeats.amount + withRepeats.fee - totals.amount - totals.fee;
  return (
    <ConfirmDialog
      act="confirm_batch"
      action={confirmBatchAction}
      hidden={{ ...hiddenOf(batch), ...(same && { acceptedSame: same.id }) }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      success={t('done')}
    >
      <Sums batch={batch} />
      {totals.repeated > 0 ? (
        <Field
          name="paysRepeats"
          label={t('repeats', {
            count: totals.repeated,
            amount: `${formatAmount(more, asset, locale)} ${asset}`,
          })}
          inline
        >
          <Checkbox />
        </Field>
      ) : null}
      {same ? (
        <Field name="same" label={t('same')} inline>
          <Checkbox />
        </Field>
      ) : null}
    </ConfirmDialog>
  );
}

function Approve({ batch }: OfOne) {
  const words = useTranslations('batches.decide.approve');
  return (
    <Decision of="approve" action={approveBatchAction} hidden={hiddenOf(batch)} words={words}>
      <Sums batch={batch} />
    </Decision>
  );
}

function Decline({ batch }: OfOne) {
  const words = useTranslations('batches.decide.decline');
  return (
    <Decision of="decline" action={declineBatchAction} hidden={hiddenOf(batch)} words={words}>
      <Sums batch={batch} />
    </Decision>
  );
}

function Cancel({ batch }: OfOne) {
  const words = useTranslations('batches.decide.cancel');
  return <Decision of="cancel" action={cancelBatchAction} hidden={hiddenOf(batch)} words={words} />;
}

/** How many and how much, so that nobody decides on the wrong one. */
function Sums({ batch }: OfOne) {
  const t = useTranslations('batches.draft');
  const { asset, totals, progress, state } = batch;
  const count = state === 'draft' ? totals.payable : progress.waiting;
  return (
    <DetailList
      items={[
        { label: t('pays'), value: t('rowsPaid', { count }) },
        {
          label: t('total'),
          value: <Money amount={totals.amount + totals.fee} asset={asset} className="font-semibold" />,
        },
        { label: t('fee'), value: <Money amount={totals.fee} asset={asset} /> },
      ]}
    />
  );
}
