import { getTranslations } from 'next-intl/server';
import { EndpointTable } from '~/app/(console)/settings/webhooks/endpoint-table';
import { NewEndpoint } from '~/app/(console)/settings/webhooks/new-endpoint';
import { Section } from '~/components/layout/section';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { listEndpoints } from '~/lib/webhooks/read';

export async function generateMetadata() {
  return { title: (await getTranslations('webhooks'))('title') };
}

export default async function WebhooksPage() {
  const operator = await requireOperator('settings:read');
  const [t, { items }] = await Promise.all([getTranslations('webhooks'), listEndpoints()]);
  return (
    <>
      <Section title={t('title')} description={t('description')} flush>
        <EndpointTable endpoints={items} />
      </Section>
      {can(operator.role, 'webhooks:write') ? (
        <Section title={t('new.title')} description={t('new.description')} className="max-w-3xl">
          <NewEndpoint />
        </Section>
      ) : null}
    </>
  );
}
