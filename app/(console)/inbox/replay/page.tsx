import { FlaskConicalOff } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { replayEventAction, replayEventsAction } from '~/app/(console)/inbox/actions';
import { readEvents } from '~/app/(console)/inbox/event-params';
import { RehearsalCard } from '~/app/(console)/inbox/replay/rehearsal-card';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { type SearchParams, textsParam } from '~/components/list/search-params';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { ownersOf } from '~/lib/books/books';
import { MOST_REHEARSED, type Rehearsal, rehearseReplay } from '~/lib/inbox/rehearse';
import { MOST_REPLAYED, replayableIds } from '~/lib/inbox/replay';
import { eventTypes } from '~/lib/inbox/searched';
import { currentActor, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('rehearse.title') };
}

/** The dry run: what a replay of these events would post, before anybody says yes. */
export default async function ReplayPage({ searchParams }: PageProps<'/inbox/replay'>) {
  const operator = await requireOperator('inbox:replay');
  const t = await getTranslations('inbox');
  const { ids, more } = await chosen(await searchParams, operator.timeZone);
  const actor = await currentActor();
  const rehearsals = actor && ids.length > 0 ? await rehearseReplay(actor, { eventIds: ids }) : [];
  const owners = await ownersOf(
    rehearsals.flatMap(({ transactions }) =>
      transactions.flatMap(({ entries }) => entries.map(({ account }) => account)),
    ),
  );
  const replayable = rehearsals.filter(({ outcome }) => outcome !== 'busy');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/inbox' }]}
        title={t('rehearse.title')}
        description={t('rehearse.description')}
        actions={replayable.length > 0 ? <Replay ids={ids} /> : null}
      />
      {rehearsals.length === 0 ? (
        <Card>
          <EmptyState
            icon={FlaskConicalOff}
            title={t('rehearse.nothing')}
            description={t('rehearse.nothingHint')}
            action={
              <Button asChild>
                <Link href="/inbox/dead">{t('rehearse.toDead')}</Link>
              </Button>
            }
          />
        </Card>
      ) : (
        <>
          <Summary rehearsals={rehearsals} count={ids.length} more={more} />
          <div className="grid gap-4">
            {rehearsals.map((rehearsal) => (
              <RehearsalCard key={rehearsal.event.id} rehearsal={rehearsal} owners={owners} />
            ))}
          </div>
        </>
      )}
    </>
  );
}

/** The ticked ones, or all of a filter. */
async function chosen(params: SearchParams, timeZone: string): Promise<{ ids: string[]; more: boolean }> {
  if (params.all) {
    const { filter, unreadable } = readEvents(params, timeZone, await eventTypes());
    return unreadable.length > 0 ? { ids: [], more: false } : replayableIds(filter);
  }
  const given = textsParam(params, 'id');
  return { ids: [...new Set(given)].slice(0, MOST_REPLAYED), more: false };
}

async function Replay({ ids }: { ids: string[] }) {
  const t = await getTranslations('inbox.replay');
  const [only, ...others] = ids;
  const one = others.length === 0;
  return (
    <ConfirmDialog
      act="replay"
      action={one ? replayEventAction : replayEventsAction}
      hidden={{ $json: JSON.stringify(one ? { eventId: only } : { eventIds: ids }) }}
      trigger={t('trigger', { count: ids.length })}
      triggerVariant="primary"
      title={t('title', { count: ids.length })}
      consequence={t('consequence')}
      confirm={t('confirm', { count: ids.length })}
      success={t('done', { count: ids.length })}
    />
  );
}

async function Summary({
  rehearsals,
  count,
  more,
}: {
  rehearsals: Rehearsal[];
  count: number;
  more: boolean;
}) {
  const t = await getTranslations('inbox.rehearse');
  if (count === 1) return null;
  const posting = rehearsals.filter(({ outcome }) => outcome === 'posts').length;
  return (
    <Alert tone="info" title={t('summary', { count: rehearsals.length, posting })} className="mb-4">
      {count > MOST_REHEARSED ? <p>{t('onlySome', { shown: rehearsals.length, count })}</p> : null}
      {more ? <p>{t('more', { most: MOST_REPLAYED })}</p> : null}
    </Alert>
  );
}
