import { getTranslations } from 'next-intl/server';
import { EventTable } from '~/app/(console)/inbox/event-table';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { ProgressBar } from '~/components/record/progress-bar';
import { Timestamp } from '~/components/record/timestamp';
import { getReplay, listReplayed, type ReplayProgress } from '~/lib/inbox/replay';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('replays.title') };
}

/** How a replay of several events fares. */
export default async function ReplayProgressPage({ params }: PageProps<'/inbox/replays/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const live = await followed(`replay:${id}`);
  const [t, replay, events] = await Promise.all([
    getTranslations('inbox'),
    orNotFound(getReplay(id)),
    orNotFound(listReplayed(operator, id)),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/inbox' }]}
        title={t('replays.title')}
        description={t.rich('replays.description', {
          name: replay.requestedBy,
          at: () => <Timestamp at={replay.createdAt} format="seconds" />,
        })}
      />
      <Progress replay={replay} />
      <EventTable events={events} label={t('replays.list')} />
      <Live {...live} />
    </>
  );
}

async function Progress({ replay }: { replay: ReplayProgress }) {
  const t = await getTranslations('inbox.replays');
  const { count, waiting, processed, unhandled, dead } = replay;
  const done = processed + unhandled + dead;
  return (
    <Section title={t(waiting > 0 ? 'underWay' : 'finished')}>
      <div className="grid gap-3 text-sm">
        <p role="status" className="tabular-nums">
          {t('progress', { done, count })}{' '}
          <span className="text-muted-foreground">{t('outcomes', { processed, unhandled, dead })}</span>
        </p>
        <ProgressBar label={t('bar')} value={Math.min(done, count)} most={Math.max(count, 1)} />
      </div>
    </Section>
  );
}
