'use client';

import { useTranslations } from 'next-intl';
import {
  changeClockAction,
  closeCaseAction,
  handOverAction,
  reopenCaseAction,
} from '~/app/(console)/cases/actions';
import { DueField } from '~/app/(console)/cases/due-field';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Select, type SelectOption } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { WAITS_FOR, type WaitsFor } from '~/lib/cases/kinds';

type CaseActionsProps = {
  work: { id: string; ownerId: string; waitsFor: WaitsFor; closedAt: Date | null };
  owners: readonly SelectOption[];
};

export function CaseActions({ work, owners }: CaseActionsProps) {
  const { id: caseId, ownerId, waitsFor, closedAt } = work;
  if (closedAt) return <Ending caseId={caseId} act="reopen" />;
  return (
    <>
      <HandOver caseId={caseId} owners={owners.filter(({ value }) => value !== ownerId)} />
      <Clock caseId={caseId} waitsFor={waitsFor} />
      <Ending caseId={caseId} act="close" />
    </>
  );
}

function HandOver({ caseId, owners }: { caseId: string; owners: readonly SelectOption[] }) {
  const t = useTranslations('cases.handOver');
  return (
    <ConfirmDialog
      action={handOverAction}
      act="hand_over"
      hidden={{ caseId }}
      trigger={t('action')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      success={t('done')}
    >
      <Field name="ownerId" label={t('to')} required>
        <Select placeholder="" options={owners} />
      </Field>
      <Field name="note" label={t('note')} required>
        <Textarea rows={3} maxLength={2_000} />
      </Field>
    </ConfirmDialog>
  );
}

function Clock({ caseId, waitsFor }: { caseId: string; waitsFor: WaitsFor }) {
  const t = useTranslations('cases.clock');
  const turns = useTranslations('cases.waitsFor');
  return (
    <ConfirmDialog
      action={changeClockAction}
      act="clock"
      hidden={{ caseId }}
      trigger={t('action')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
    >
      <Field name="waitsFor" label={t('waitsFor')} required>
        <Select
          defaultValue={waitsFor}
          options={WAITS_FOR.map((value) => ({ value, label: turns(value) }))}
        />
      </Field>
      <DueField label={t('due')} placeholder={t('keep')} />
      <Field name="note" label={t('note')}>
        <Textarea rows={2} maxLength={2_000} />
      </Field>
    </ConfirmDialog>
  );
}

/** Closes or takes up again, with a word on why. */
function Ending({ caseId, act }: { caseId: string; act: 'close' | 'reopen' }) {
  const t = useTranslations(`cases.${act}`);
  return (
    <ConfirmDialog
      action={act === 'close' ? closeCaseAction : reopenCaseAction}
      act={act}
      hidden={{ caseId }}
      trigger={t('action')}
      triggerVariant={act === 'close' ? 'primary' : 'secondary'}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      success={t('done')}
    >
      <Field name="reason" label={t('note')} required>
        <Textarea rows={3} maxLength={2_000} />
      </Field>
    </ConfirmDialog>
  );
}
