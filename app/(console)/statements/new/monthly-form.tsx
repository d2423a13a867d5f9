'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { orderStatementsAction } from '~/app/(console)/statements/actions';
import { FileFields, type Whose, WhoseFields } from '~/app/(console)/statements/new/statement-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Textarea } from '~/components/ui/textarea';
import { useZoneName } from '~/components/words/zone-name';

/** The zone whose months are sent, and its first one by its first day. */
export type Months = { timeZone: string; first: string };

type MonthlyFormProps = {
  whose: NonNullable<Whose>;
  portfolios: readonly { id: string; name: string }[];
  months: Months;
};

/** Orders the statement of each month. */
export function MonthlyForm({ whose, portfolios, months: { timeZone, first } }: MonthlyFormProps) {
  const t = useTranslations('statements.monthly');
  const mail = useTranslations('statements.mail');
  const zoneName = useZoneName();
  const format = useFormatter();
  const from = new Date(`${first}T00:00:00Z`);
  const over = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
  return (
    <Form
      act="order_statements"
      action={orderStatementsAction}
      hidden={{ scope: whose.scope, scopeId: whose.id }}
      className="max-w-xl"
    >
      <WhoseFields whose={whose} portfolios={portfolios} />
      <p className="text-pretty text-muted-foreground text-sm">
        {t('first', {
          month: format.dateTime(from, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
          day: format.dateTime(over, { day: 'numeric', month: 'long', timeZone: 'UTC' }),
          zone: zoneName(timeZone),
        })}
      </p>
      <FileFields />
      <Field name="mailTo" label={mail('by')} hint={t('toHint')} required>
        <Textarea rows={2} maxLength={2_600} autoComplete="off" spellCheck={false} />
      </Field>
      <FormActions>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
