import { getTranslations } from 'next-intl/server';
import { Answer } from '~/app/(console)/settings/webhooks/[id]/delivery-table';
import { resendDeliveryAction } from '~/app/(console)/settings/webhooks/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { DetailList } from '~/components/layout/detail-list';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { type DeliveryPage, getDelivery, getEndpoint } from '~/lib/webhooks/read';

export async function generateMetadata() {
  return { title: (await getTranslations('webhooks'))('delivery.title') };
}

export default async function WebhookDeliveryPage({
  params,
}: PageProps<'/settings/webhooks/[id]/[delivery]'>) {
  const operator = await requireOperator('settings:read');
  const live = await followed('webhooks');
  const { id, delivery: number } = await params;
  const endpoint = await orNotFound(getEndpoint(id));
  const delivery = await orNotFound(
    getDelivery(operator, endpoint.id, /^\d{1,18}$/.test(number) ? BigInt(number) : 0n),
  );
  const [t, list] = await Promise.all([getTranslations('webhooks.delivery'), getTranslations('webhooks')]);
  return (
    <>
      <Way
        breadcrumbs={[
          { label: list('title'), href: '/settings/webhooks' },
          { label: endpoint.name, href: to(`/settings/webhooks/${endpoint.id}`) },
        ]}
        here={t('title')}
      />
      <Section
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            <span className="font-mono text-base">{delivery.type}</span>
            <StatusBadge kind="delivery" status={delivery.state} />
          </span>
        }
        description={
          <Link href={`/settings/webhooks/${endpoint.id}`} className="hover:underline">
            {t('to', { name: endpoint.name })}
          </Link>
        }
        actions={
          can(operator.role, 'webhooks:write') && endpoint.state === 'on' ? (
            <Form
              act="resend_delivery"
              action={resendDeliveryAction}
              hidden={{ endpointId: endpoint.id, deliveryId: String(delivery.id) }}
              success={t('resent')}
            >
              <SubmitButton variant="secondary">{t('resend')}</SubmitButton>
            </Form>
          ) : null
        }
      >
        {delivery.body ? (
          <Text>{JSON.stringify(JSON.parse(delivery.body), null, 2)}</Text>
        ) : (
          <p className="text-muted-foreground text-sm">{t('unsent')}</p>
        )}
      </Section>
      {delivery.tries.map((each) => (
        <Try key={String(each.id)} tried={each} />
      ))}
      <Live {...live} />
    </>
  );
}

/** What was sent at one time, and what came back. */
async function Try({ tried }: { tried: DeliveryPage['tries'][number] }) {
  const t = await getTranslations('webhooks.delivery');
  return (
    <Section
      title={
        <span className="inline-flex flex-wrap items-center gap-3">
          <Timestamp at={tried.at} format="seconds" />
          <Answer answer={tried} />
        </span>
      }
      description={t('took', { ms: tried.durationMs })}
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <Headers title={t('request')} headers={tried.requestHeaders} />
        <div className="grid content-start gap-4">
          <Headers title={t('response')} headers={tried.responseHeaders} />
          {tried.responseBody ? <Text>{tried.responseBody}</Text> : null}
        </div>
      </div>
    </Section>
  );
}

function Headers({ title, headers }: { title: string; headers: [string, string][] }) {
  if (headers.length === 0) return null;
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-medium text-sm">{title}</h3>
      <DetailList
        items={headers.map(([name, value]) => ({
          label: <span className="break-all font-mono text-xs">{name}</span>,
          value: <span className="break-all font-mono text-xs">{value}</span>,
        }))}
      />
    </div>
  );
}

/** What a machine wrote, whole: it breaks its lines instead of scrolling. */
function Text({ children }: { children: string }) {
  return (
    <pre className="whitespace-pre-wrap break-all rounded-md border bg-muted/50 p-3 font-mono text-xs leading-5">
      {children}
    </pre>
  );
}
