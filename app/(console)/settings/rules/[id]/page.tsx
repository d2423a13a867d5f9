import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { RuleVersions, ShadowList } from '~/app/(console)/settings/rules/[id]/rule-history';
import { RuleEditor } from '~/app/(console)/settings/rules/rule-editor';
import { RuleModeBadge } from '~/app/(console)/settings/rules/rule-mode';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { getRule } from '~/lib/approvals/rules-read';
import { enabledAssets } from '~/lib/assets';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { listTerms } from '~/lib/terms/terms';

/** Once for title and page. */
const seen = cache((id: string) => orNotFound(getRule(id)));

export async function generateMetadata({ params }: PageProps<'/settings/rules/[id]'>) {
  await requireOperator('settings:read');
  return { title: (await seen((await params).id)).versions[0]?.name };
}

export default async function RulePage({ params }: PageProps<'/settings/rules/[id]'>) {
  const operator = await requireOperator('settings:read');
  const { id } = await params;
  const [t, assets, terms, { versions, shadows }] = await Promise.all([
    getTranslations('settings.rules'),
    enabledAssets(),
    listTerms(),
    seen(id),
  ]);
  const [newest] = versions;
  if (!newest) return null;
  const title = (
    <span className="inline-flex items-center gap-2">
      {newest.name}
      <RuleModeBadge mode={newest.mode} />
    </span>
  );
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/rules' }]} here={newest.name} />
      <Section title={title} description={t('versionsHint')} className="max-w-4xl">
        <RuleVersions versions={versions} />
      </Section>
      {shadows.length > 0 ? (
        <Section title={t('shadow.title')} description={t('shadow.description')} flush>
          <ShadowList shadows={shadows} />
        </Section>
      ) : null}
      {can(operator.role, 'settings:write') ? (
        <Section title={t('edit')} description={t('newHint')} className="max-w-4xl">
          <RuleEditor rule={newest} assets={assets} terms={terms.map(({ name }) => name)} />
        </Section>
      ) : null}
    </>
  );
}
