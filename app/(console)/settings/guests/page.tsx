import { BookOpenCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { endGuestAction } from '~/app/(console)/settings/guests/actions';
import { NewGuest } from '~/app/(console)/settings/guests/new-guest';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Timestamp } from '~/components/record/timestamp';
import { Badge, type Tone } from '~/components/ui/badge';
import { type GuestRow, listGuests } from '~/lib/people/guests';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

const TONES: Record<GuestRow['state'], Tone> = {
  waits: 'warning',
  open: 'info',
  in: 'success',
  over: 'neutral',
};

export async function generateMetadata() {
  return { title: (await getTranslations('settings.guests'))('title') };
}

/** Who from outside reads the books, and until when. */
export default async function GuestsPage() {
  const me = await requireOperator('settings:read');
  const [t, guests] = await Promise.all([getTranslations('settings.guests'), listGuests(me)]);
  const writer = can(me.role, 'operators:write');
  return (
    <Section title={t('title')} description={t('description')} actions={writer ? <NewGuest /> : null} flush>
      <DataTable
        label={t('title')}
        rows={guests}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={BookOpenCheck} title={t('none.title')} description={t('none.description')} />
        }
        columns={[
          {
            key: 'name',
            header: t('columns.name'),
            className: 'sm:max-w-72 sm:whitespace-normal',
            cell: ({ name }) => <span className="font-medium">{name}</span>,
          },
          {
            key: 'state',
            header: t('columns.state'),
            phone: 'end',
            cell: ({ state }) => <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>,
          },
          {
            key: 'from',
            header: t('columns.from'),
            phoneLabel: true,
            cell: ({ cameIn }) => <CameIn cameIn={cameIn} />,
          },
          {
            key: 'until',
            header: t('columns.until'),
            phoneLabel: true,
            cell: ({ state, until }) => (state === 'waits' ? '—' : <Timestamp at={until} />),
          },
          {
            key: 'actions',
            header: <span className="sr-only">{t('columns.actions')}</span>,
            className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
            cell: (guest) => (writer && guest.state !== 'over' ? <End guest={guest} /> : null),
          },
        ]}
      />
    </Section>
  );
}

function CameIn({ cameIn }: Pick<GuestRow, 'cameIn'>) {
  const t = useTranslations('settings.guests');
  if (!cameIn) return <span className="text-muted-foreground">{t('notYet')}</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Timestamp at={cameIn.at} />
      <span className="font-mono text-muted-foreground text-xs">{cameIn.ip}</span>
    </span>
  );
}

function End({ guest: { id, name } }: { guest: GuestRow }) {
  const t = useTranslations('settings.guests');
  return (
    <ConfirmDialog
      act="end_guest"
      action={endGuestAction}
      hidden={{ id }}
      trigger={
        <>
          {t('end')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('endTitle', { name })}
      consequence={t('endHint')}
      confirm={t('end')}
      danger
      success={t('ended')}
    />
  );
}
