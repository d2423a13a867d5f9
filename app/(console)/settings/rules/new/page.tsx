import { getTranslations } from 'next-intl/server';
import { RuleEditor } from '~/app/(console)/settings/rules/rule-editor';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { enabledAssets } from '~/lib/assets';
import { requireOperator } from '~/lib/session';
import { listTerms } from '~/lib/terms/terms';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.rules'))('newTitle') };
}

export default async function NewRulePage() {
  await requireOperator('settings:write');
  const [t, assets, terms] = await Promise.all([
    getTranslations('settings.rules'),
    enabledAssets(),
    listTerms(),
  ]);
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/rules' }]} here={t('newTitle')} />
      <Section title={t('newTitle')} description={t('newHint')} className="max-w-4xl">
        <RuleEditor assets={assets} terms={terms.map(({ name }) => name)} />
      </Section>
    </>
  );
}
