import { FlaskConical } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { EventFacts } from '~/app/(console)/inbox/[id]/event-facts';
import { EventPostings } from '~/app/(console)/inbox/[id]/event-postings';
import { OtherContents } from '~/app/(console)/inbox/[id]/other-contents';
import { EventTable } from '~/app/(console)/inbox/event-table';
import { FailureWords } from '~/app/(console)/inbox/failure-words';
import { HeaderList } from '~/app/(console)/inbox/header-list';
import { JsonBlock } from '~/app/(console)/inbox/json-block';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { CopyButton } from '~/components/record/copy-button';
import { EventMarks } from '~/components/record/event-marks';
import { StatusBadge } from '~/components/record/status-badge';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { REPLAYABLE } from '~/lib/inbox/matching';
import { type EventRecord, getEvent } from '~/lib/inbox/read';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata({ params }: PageProps<'/inbox/[id]'>) {
  const [t, { id }] = await Promise.all([getTranslations('inbox'), params]);
  return { title: t('event.title', { id: decodeURIComponent(id) }) };
}

export default async function InboxEventRecord({ params }: PageProps<'/inbox/[id]'>) {
  const operator = await requireOperator('console:read');
  const id = decodeURIComponent((await params).id);
  const live = await followed('inbox');
  const [t, event] = await Promise.all([getTranslations('inbox'), orNotFound(getEvent(operator, id))]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/inbox' }]}
        title={<span className="font-mono text-lg">{event.type}</span>}
        here={event.type}
        badge={
          <>
            <StatusBadge kind="event" status={event.state} />
            <EventMarks event={event} />
          </>
        }
        actions={
          REPLAYABLE.includes(event.state) && can(operator.role, 'inbox:replay') ? (
            <Button asChild variant={event.state === 'dead' ? 'primary' : 'secondary'}>
              <Link href={`/inbox/replay?id=${encodeURIComponent(event.id)}`}>
                <FlaskConical aria-hidden />
                {t('rehearse.one')}
              </Link>
            </Button>
          ) : null
        }
      />
      <Trouble event={event} />
      <OtherContents event={event} mayAct={can(operator.role, 'inbox:replay')} />
      <Section title={t('event.facts')}>
        <EventFacts event={event} />
      </Section>
      <EventPostings event={event} />
      <OtherEvents event={event} />
      <Payload event={event} />
      <Live {...live} />
    </>
  );
}

function nameIn({ transfer, onboarding }: EventRecord): string | null {
  return transfer?.counterpartyName ?? onboarding?.entity.holderName ?? null;
}

/** What else was told of the same object, in the order in which it happened there. */
async function OtherEvents({ event: { others } }: { event: EventRecord }) {
  if (others.length === 0) return null;
  const t = await getTranslations('inbox.event');
  return (
    <Section title={t('others')} description={t('othersHint')} flush>
      <EventTable events={others} label={t('others')} />
    </Section>
  );
}

async function Trouble({ event: { state, lastError, origin } }: { event: EventRecord }) {
  const t = await getTranslations('inbox');
  if (state === 'processed' && origin === 'poll') {
    return (
      <Alert tone="info" title={t('event.recovered')} className="mb-6">
        {t('event.recoveredHint')}
      </Alert>
    );
  }
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
      {/* In the words of a program, which may quote what it stumbled over. */}
      <p className="mt-1.5 break-words font-mono text-xs">{lastError}</p>
    </Alert>
  );
}

/** The body as Fintoc signed it, and readable. Who may not see personal data gets the readable one, masked. */
async function Payload({ event }: { event: EventRecord }) {
  const { sight, body } = event;
  const masked = !sight.seen;
  const t = await getTranslations('inbox.payload');
  const parsed = body === null ? undefined : parse(body);
  const readable = parsed === undefined ? null : JSON.stringify(parsed, null, 2);
  return (
    <>
      <Section
        title={t('title')}
        description={t(masked ? 'masked' : event.origin === 'poll' ? 'polled' : 'hint')}
        actions={
          <>
            <Reveal sight={sight} name={nameIn(event)} />
            {masked || body === null ? null : <CopyButton value={body} label={t('verbatim')} />}
          </>
        }
      >
        {readable ? <JsonBlock label={t('readable')} text={readable} /> : null}
        {masked || body === null ? null : (
          <details className="mt-3">
            <summary className="w-fit rounded-sm text-link text-sm hover:underline max-sm:py-2.5">
              {t('verbatim')}
            </summary>
            <div className="mt-2">
              <JsonBlock label={t('verbatim')} text={body} wrap />
            </div>
          </details>
        )}
      </Section>
      <HeaderList headers={event.headers} />
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
