import { getTranslations } from 'next-intl/server';
import { KeyTable } from '~/app/(console)/settings/keys/key-table';
import { NewKey } from '~/app/(console)/settings/keys/new-key';
import { Section } from '~/components/layout/section';
import { Button } from '~/components/ui/button';
import { listKeys } from '~/lib/api/keys';
import { portfoliosNamed } from '~/lib/people/portfolios';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('apiKeys'))('title') };
}

export default async function KeysPage() {
  const operator = await requireOperator('settings:read');
  const writer = can(operator.role, 'keys:write');
  const [t, keys] = await Promise.all([getTranslations('apiKeys'), listKeys(operator)]);
  const portfolios = await portfoliosNamed(
    operator,
    keys.flatMap(({ portfolioIds }) => portfolioIds),
  );
  return (
    <>
      <Section
        title={t('title')}
        description={t('description')}
        actions={
          <Button asChild>
            <a href="/api/docs">{t('docs')}</a>
          </Button>
        }
        flush
      >
        <KeyTable
          keys={keys}
          portfolios={new Map(portfolios.map(({ id, name, customer }) => [id, `${name} · ${customer}`]))}
          writer={writer}
        />
      </Section>
      {writer ? (
        <Section title={t('new.title')} description={t('new.description')}>
          <NewKey />
        </Section>
      ) : null}
    </>
  );
}
