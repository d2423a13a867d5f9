import { getTranslations } from 'next-intl/server';
import { createTermsAction } from '~/app/(console)/settings/terms/actions';
import { NewTermsFields } from '~/app/(console)/settings/terms/new/new-terms-fields';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { railNames } from '~/lib/rails/registry';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.terms'))('newTitle') };
}

export default async function NewTermsPage() {
  await requireOperator('settings:write');
  const [t, common] = await Promise.all([getTranslations('settings.terms'), getTranslations('common')]);
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/terms' }]} here={t('newTitle')} />
      <Section title={t('newTitle')} description={t('description')} className="max-w-3xl">
        <Form act="create_terms" action={createTermsAction} success={t('created')}>
          <NewTermsFields rails={railNames()} />
          <FormActions>
            <Button asChild>
              <Link href="/settings/terms">{common('cancel')}</Link>
            </Button>
            <SubmitButton>{t('create')}</SubmitButton>
          </FormActions>
        </Form>
      </Section>
    </>
  );
}
