import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { TermsFacts } from '~/app/(console)/settings/terms/[id]/terms-facts';
import { changeTermsAction } from '~/app/(console)/settings/terms/actions';
import { TermsFields } from '~/app/(console)/settings/terms/terms-fields';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { getTerms } from '~/lib/terms/terms';

/** Once for title and page. */
const seen = cache((id: string) => orNotFound(getTerms(id)));

export async function generateMetadata({ params }: PageProps<'/settings/terms/[id]'>) {
  await requireOperator('settings:read');
  return { title: (await seen((await params).id)).name };
}

export default async function EditTermsPage({ params }: PageProps<'/settings/terms/[id]'>) {
  const operator = await requireOperator('settings:read');
  const { id } = await params;
  const [t, common, terms] = await Promise.all([
    getTranslations('settings.terms'),
    getTranslations('common'),
    seen(id),
  ]);
  const title = (
    <span className="inline-flex items-center gap-2">
      {terms.name}
      <Badge>{terms.asset}</Badge>
    </span>
  );
  const hint = t('editHint', { count: terms._count.wallets });
  return (
    <Section title={title} description={hint} className="max-w-3xl">
      {can(operator.role, 'settings:write') ? (
        <Form action={changeTermsAction} hidden={{ id }} success={t('saved')}>
          <TermsFields asset={terms.asset} terms={terms} />
          <FormActions>
            <Button asChild>
              <Link href="/settings/terms">{common('back')}</Link>
            </Button>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <TermsFacts terms={terms} />
      )}
    </Section>
  );
}
