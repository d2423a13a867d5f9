import { getTranslations } from 'next-intl/server';
import { createTermsAction } from '~/app/(console)/settings/terms/actions';
import { TermsFields } from '~/app/(console)/settings/terms/terms-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form';
import { Section } from '~/components/section';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { ASSETS } from '~/lib/money';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.terms'))('newTitle') };
}

export default async function NewTermsPage() {
  await requireOperator('settings:write');
  const [t, common] = await Promise.all([getTranslations('settings.terms'), getTranslations('common')]);
  return (
    <Section title={t('newTitle')} description={t('description')} className="max-w-3xl">
      <Form action={createTermsAction} success={t('created')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="name" label={t('name')} hint={t('nameHint')} required>
            <Input autoComplete="off" maxLength={60} />
          </Field>
          <Field name="asset" label={t('asset')} required>
            <Select options={Object.keys(ASSETS).map((value) => ({ value, label: value }))} />
          </Field>
        </div>
        <TermsFields asset={null} />
        <FormActions>
          <Button asChild>
            <Link href="/settings/terms">{common('cancel')}</Link>
          </Button>
          <SubmitButton>{t('create')}</SubmitButton>
        </FormActions>
      </Form>
    </Section>
  );
}
