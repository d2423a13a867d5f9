import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { TermsFacts } from '~/app/(console)/settings/terms/[id]/terms-facts';
import { VersionList } from '~/app/(console)/settings/terms/[id]/version-list';
import { changeTermsAction } from '~/app/(console)/settings/terms/actions';
import { TermsFields } from '~/app/(console)/settings/terms/terms-fields';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { railNames } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { getTerms, listVersions } from '~/lib/terms/terms';

/** Once for title and page. */
const seen = cache((id: string) => orNotFound(getTerms(id)));

export async function generateMetadata({ params }: PageProps<'/settings/terms/[id]'>) {
  await requireOperator('settings:read');
  return { title: (await seen((await params).id)).name };
}

export default async function TermsVersionPage({ params }: PageProps<'/settings/terms/[id]'>) {
  const operator = await requireOperator('settings:read');
  const { id } = await params;
  const [t, common, terms] = await Promise.all([
    getTranslations('settings.terms'),
    getTranslations('common'),
    seen(id),
  ]);
  const versions = await listVersions(terms.name);
  const newest = versions[0]?.version ?? terms.version;
  const mayChange = can(operator.role, 'settings:write');
  const title = (
    <span className="inline-flex flex-wrap items-center gap-2">
      {terms.name}
      <Badge>{terms.asset}</Badge>
      <Badge>{t('version', { version: terms.version })}</Badge>
    </span>
  );
  const assign = mayChange ? (
    <Button asChild>
      <Link href={`/settings/terms/${id}/assign`}>{t('assign')}</Link>
    </Button>
  ) : null;
  const older = newest > terms.version ? ` · ${t('older', { version: newest })}` : '';
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/terms' }]} here={terms.name} />
      <Section
        title={title}
        description={`${t('underIt', { count: terms._count.wallets })}${older}`}
        actions={assign}
        className="max-w-3xl"
      >
        <TermsFacts terms={terms} />
      </Section>
      <VersionList versions={versions} current={id} />
      {mayChange && newest === terms.version ? (
        <Section title={t('proposeVersion')} description={t('proposeHint')} className="max-w-3xl">
          <Form act="change_terms" action={changeTermsAction} hidden={{ id }} success={t('proposed')}>
            <TermsFields asset={terms.asset} rails={railNames()} terms={terms} />
            <FormActions>
              <Button asChild>
                <Link href="/settings/terms">{common('back')}</Link>
              </Button>
              <SubmitButton>{t('propose', { version: newest + 1 })}</SubmitButton>
            </FormActions>
          </Form>
        </Section>
      ) : null}
    </>
  );
}
