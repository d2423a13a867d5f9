'use client';

import { useTranslations } from 'next-intl';
import { openCaseAction } from '~/app/(console)/cases/actions';
import { ClaimFields, type ClaimTexts } from '~/app/(console)/cases/claim-fields';
import { DueField } from '~/app/(console)/cases/due-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Select, type SelectOption } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { CASE_TYPES, type CaseTypeName } from '~/lib/cases/kinds';
import type { SubjectRef } from '~/lib/cases/subject';

type CaseFormProps = {
  subject: SubjectRef;
  type: CaseTypeName;
  owners: readonly SelectOption[];
  ownId: string;
  claim: ClaimTexts;
};

/** What is the matter, whose work it is, by when, and what a bank would have to know of the payment. */
export function CaseForm({ subject, type, owners, ownId, claim }: CaseFormProps) {
  const t = useTranslations('cases');
  return (
    <Form act="open_case" action={openCaseAction} hidden={subject} className="gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="type" label={t('new.type')} required>
          <Select
            defaultValue={type}
            options={CASE_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
          />
        </Field>
        <Field name="ownerId" label={t('new.owner')} required>
          <Select defaultValue={ownId} options={owners} />
        </Field>
      </div>
      <DueField label={t('new.due')} placeholder={t('new.dueByType')} hint={t('new.dueHint')} />
      <Field name="note" label={t('new.note')} hint={t('new.noteHint')} required>
        <Textarea rows={3} maxLength={2_000} />
      </Field>
      <fieldset className="grid gap-3">
        <legend className="mb-1 font-medium text-sm">{t('claim.title')}</legend>
        <p className="text-muted-foreground text-sm">{t('claim.hint')}</p>
        <ClaimFields claim={claim} />
      </fieldset>
      <FormActions>
        <SubmitButton>{t('new.submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
