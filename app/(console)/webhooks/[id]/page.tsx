import { getTranslations } from 'next-intl/server';
import { EventFacts } from '~/app/(console)/webhooks/[id]/event-facts';
import { EventPostings } from '~/app/(console)/webhooks/[id]/event-postings';
import { replayEventAction } from '~/app/(console)/webhooks/actions';
import { FailureWords } from '~/app/(console)/webhooks/failure-words';
import { JsonBlock } from '~/app/(console)/webhooks/json-block';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { CopyButton } from '~/components/copy-button';
import { DetailList } from '~/components/detail-list';
import { Live } from '~/components/live';
import { PageHeader } from '~/components/page-header';
import { Section } from '~/components/section';
import { StatusBadge } from '~/components/status-badge';
import { Alert } from '~/components/ui/alert';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { maskedBody } from '~/lib/webhooks/mask';
import { getEvent } from '~/lib/webhooks/read';

export type EventPage = Awaited<ReturnType<typeof getEvent>>;

export async function generateMetadata({ params }: PageProps<'/webhooks/[id]'>) {
  const [t, { id }] = await Promise.all([getTranslations('webhooks'), params]);
  return { title: t('event.title', { id }) };
}

export default async function WebhookEventPage({ params }: PageProps<'/webhooks/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const token = await liveToken('events');
  const [t, event] = await Promise.all([getTranslations('webhooks'), orNotFound(getEvent(id))]);
  const replayable = event.state === 'dead' || event.state === 'unhandled' || event.state === 'processed';
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/webhooks' }]}
        title={<span className="font-mono text-lg">{event.type}</span>}
        badge={<StatusBadge kind="event" status={event.state} />}
        actions={
          replayable && can(operator.role, 'webhooks:replay') ? (
            <ConfirmDialog
              action={replayEventAction}
              hidden={{ eventId: event.id }}
              trigger={t('replay.trigger')}
              triggerVariant={event.state === 'dead' ? 'primary' : 'secondary'}
              title={t('replay.title')}
              consequence={t('replay.consequence')}
              confirm={t('replay.confirm')}
              success={t('replay.done')}
            />
          ) : null
        }
      />
      <Trouble event={event} />
      <Section title={t('event.facts')}>
        <EventFacts event={event} />
      </Section>
      <EventPostings event={event} />
      <Payload event={event} masked={!can(operator.role, 'people:reveal')} />
      <Live topic="events" {...(token === null ? {} : { token })} />
    </>
  );
}

async function Trouble({ event: { state, lastError } }: { event: EventPage }) {
  const t = await getTranslations('webhooks');
  if (state === 'unhandled') {
    return (
      <Alert tone="neutral" title={t('event.unhandled')} className="mb-6">
        {t('event.unhandledHint')}
      </Alert>
    );
  }
  if (lastError === null) return null;
  return (
    <Alert
      tone={state === 'dead' ? 'danger' : 'warning'}
      title={t(state === 'dead' ? 'event.dead' : 'event.retrying')}
      className="mb-6"
    >
      <p>
        <FailureWords lastError={lastError} />
      </p>
      <p className="mt-1.5 break-words font-mono text-xs">{lastError}</p>
    </Alert>
  );
}

/** The body as Fintoc signed it, and readable. Who may not see personal data gets the readable one, masked. */
async function Payload({ event, masked }: { event: EventPage; masked: boolean }) {
  const t = await getTranslations('webhooks.payload');
  const parsed = parse(event.body);
  const readable =
    parsed === undefined ? null : JSON.stringify(masked ? maskedBody(parsed) : parsed, null, 2);
  const headers = Object.entries((event.headers ?? {}) as Record<string, string | null>).filter(
    ([, value]) => value !== null,
  );
  return (
    <>
      <Section
        title={t('title')}
        description={masked ? t('masked') : t('hint')}
        actions={masked ? null : <CopyButton value={event.body} label={t('verbatim')} />}
      >
        {readable ? <JsonBlock label={t('readable')} text={readable} /> : null}
        {masked ? null : (
          <details className="mt-3">
            <summary className="w-fit rounded-sm text-link text-sm hover:underline max-sm:py-2.5">
              {t('verbatim')}
            </summary>
            <div className="mt-2">
              <JsonBlock label={t('verbatim')} text={event.body} wrap />
            </div>
          </details>
        )}
      </Section>
      {headers.length > 0 ? (
        <Section title={t('headers')}>
          <DetailList
            items={headers.map(([name, value]) => ({
              label: <span className="font-mono text-xs">{name}</span>,
              value: <span className="break-all font-mono text-xs">{value}</span>,
            }))}
          />
        </Section>
      ) : null}
    </>
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
