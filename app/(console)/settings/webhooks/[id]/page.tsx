import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { DeliveryTable } from '~/app/(console)/settings/webhooks/[id]/delivery-table';
import { EndpointActions } from '~/app/(console)/settings/webhooks/[id]/endpoint-actions';
import { changeEndpointAction } from '~/app/(console)/settings/webhooks/actions';
import { EndpointFields, EndpointScopes } from '~/app/(console)/settings/webhooks/endpoint-fields';
import { stateOf } from '~/app/(console)/settings/webhooks/endpoint-table';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Offers } from '~/components/form/offers';
import { DetailList } from '~/components/layout/detail-list';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { AddressNotice } from '~/components/list/address-notice';
import { Pager } from '~/components/list/pager';
import { readPlain } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { actsOn } from '~/lib/audit/read';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { countDeliveries, type EndpointRow, getEndpoint, listDeliveries } from '~/lib/webhooks/read';
import { ENDPOINT_SCOPES } from '~/lib/webhooks/told';

/** Once for title and page. */
const seen = cache((id: string) => orNotFound(getEndpoint(id)));

export async function generateMetadata({ params }: PageProps<'/settings/webhooks/[id]'>) {
  await requireOperator('settings:read');
  return { title: (await seen((await params).id)).name };
}

export default async function EndpointPage({ params, searchParams }: PageProps<'/settings/webhooks/[id]'>) {
  const operator = await requireOperator('settings:read');
  const writer = can(operator.role, 'webhooks:write');
  const live = await followed('webhooks');
  const read = readPlain(await searchParams);
  const endpoint = await seen((await params).id);
  const [t, acts, { items, nextCursor }] = await Promise.all([
    getTranslations('webhooks'),
    actsOn('webhook_endpoint', [endpoint.id]),
    listDeliveries(endpoint.id, { cursor: read.cursor }),
  ]);
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/webhooks' }]} here={endpoint.name} />
      <WhyOff endpoint={endpoint} />
      <Section
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {endpoint.name}
            <StatusBadge kind="endpoint" status={stateOf(endpoint)} />
          </span>
        }
        description={<span className="break-all font-mono text-xs">{endpoint.url}</span>}
      >
        <div className="grid gap-5">
          <Facts endpoint={endpoint} />
          {writer ? (
            <Offers standing={endpoint.state} timeline={acts}>
              <EndpointActions id={endpoint.id} name={endpoint.name} on={endpoint.state === 'on'} />
            </Offers>
          ) : null}
        </div>
      </Section>
      <Section title={t('deliveries.title')} description={t('deliveries.description')} flush>
        <AddressNotice read={read} />
        <DeliveryTable deliveries={items} />
      </Section>
      <Pager nextCursor={nextCursor} count={items.length} />
      {writer ? (
        <Section title={t('change.title')} className="max-w-3xl">
          <Form
            act="change_endpoint"
            action={changeEndpointAction}
            hidden={{ endpointId: endpoint.id }}
            success={t('change.done')}
          >
            <EndpointFields {...endpoint} />
            <EndpointScopes all={ENDPOINT_SCOPES} chosen={endpoint.scopes} />
            <FormActions>
              <SubmitButton>{t('change.submit')}</SubmitButton>
            </FormActions>
          </Form>
        </Section>
      ) : null}
      <Live {...live} />
    </>
  );
}

/** One that was switched off by itself says why, and what to do. */
async function WhyOff({ endpoint: { state, offReason } }: { endpoint: EndpointRow }) {
  if (state === 'on' || (offReason !== 'gone' && offReason !== 'failing')) return null;
  const t = await getTranslations('webhooks.why');
  return (
    <Alert tone="danger" title={t(`${offReason}.title`)} className="mb-6">
      {t(`${offReason}.hint`)}
    </Alert>
  );
}

async function Facts({ endpoint }: { endpoint: EndpointRow }) {
  const t = await getTranslations('webhooks');
  const { waiting, givenUp } = await countDeliveries(endpoint.id);
  return (
    <DetailList
      columns={2}
      items={[
        {
          label: t('facts.patterns'),
          value: <span className="font-mono text-xs">{endpoint.patterns.join(' ')}</span>,
        },
        {
          label: t('facts.scopes'),
          value: <span className="font-mono text-xs">{endpoint.scopes.join(' ')}</span>,
        },
        { label: t('facts.secrets'), value: <Secrets secrets={endpoint.secrets} /> },
        { label: t('facts.version'), value: <span className="font-mono text-xs">{endpoint.version}</span> },
        {
          label: t('columns.lastSuccess'),
          value: endpoint.lastSuccessAt ? <Timestamp at={endpoint.lastSuccessAt} /> : t('never'),
        },
        { label: t('facts.waiting'), value: t('facts.counts', { waiting, givenUp }) },
        { label: t('facts.madeBy'), value: endpoint.madeByName },
        { label: t('facts.created'), value: <Timestamp at={endpoint.createdAt} /> },
      ]}
    />
  );
}

async function Secrets({ secrets }: Pick<EndpointRow, 'secrets'>) {
  const t = await getTranslations('webhooks.facts');
  return (
    <span className="grid gap-0.5">
      {secrets.map(({ id, shown, endsAt }) => (
        <span key={id}>
          <span className="font-mono text-xs">whsec_{shown}</span>{' '}
          {endsAt ? (
            <span className="text-muted-foreground text-xs">
              {t.rich('until', { at: () => <Timestamp at={endsAt} /> })}
            </span>
          ) : null}
        </span>
      ))}
    </span>
  );
}
