import { getTranslations } from 'next-intl/server';
import { changeDueHoursAction } from '~/app/(console)/settings/cases/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Input } from '~/components/ui/input';
import { CASE_TYPES } from '~/lib/cases/kinds';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { getSetting } from '~/lib/settings';

export async function generateMetadata() {
  return { title: (await getTranslations('cases.settings'))('title') };
}

export default async function CaseSettingsPage() {
  const operator = await requireOperator('settings:read');
  const [t, types, hours] = await Promise.all([
    getTranslations('cases'),
    getTranslations('cases.types'),
    getSetting('caseDueHours'),
  ]);
  const facts: Detail[] = CASE_TYPES.map((type) => ({
    label: types(type),
    value: t('hours', { hours: hours[type] }),
  }));
  return (
    <Section title={t('settings.title')} description={t('settings.hint')} className="max-w-3xl">
      {can(operator.role, 'settings:write') ? (
        <Form act="change_due_hours" action={changeDueHoursAction} success={t('settings.saved')}>
          <div className="grid gap-4 sm:grid-cols-2">
            {CASE_TYPES.map((type) => (
              <Field key={type} name={type} label={t('settings.hours', { type: types(type) })} required>
                <Input inputMode="numeric" maxLength={4} defaultValue={hours[type]} />
              </Field>
            ))}
          </div>
          <FormActions>
            <SubmitButton>{t('settings.save')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <DetailList items={facts} />
      )}
    </Section>
  );
}
