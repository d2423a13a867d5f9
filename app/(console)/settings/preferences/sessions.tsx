import Bowser from 'bowser';
import { useTranslations } from 'next-intl';
import { endOtherSessionsAction, endOwnSessionAction } from '~/app/(console)/settings/preferences/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import type { SessionRow } from '~/lib/people/sessions';

type SessionsProps = { sessions: SessionRow[]; current: string };

/** Where an operator is signed in, each to be ended from here. */
export function Sessions({ sessions, current }: SessionsProps) {
  const t = useTranslations('settings.preferences.sessions');
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={sessions.length > 1 ? <EndOthers /> : null}
      flush
    >
      <DataTable
        label={t('title')}
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'where',
            header: t('columns.where'),
            cell: ({ id, userAgent }) => (
              <span className="flex flex-wrap items-center gap-2 font-medium">
                <Browser userAgent={userAgent} />
                {id === current ? <Badge tone="info">{t('current')}</Badge> : null}
              </span>
            ),
          },
          { key: 'ip', header: t('columns.ip'), phone: 'end', cell: ({ ip }) => ip || t('unknown') },
          { key: 'opened', header: t('columns.opened'), cell: ({ openedAt }) => <Timestamp at={openedAt} /> },
          { key: 'seen', header: t('columns.seen'), cell: ({ seenAt }) => <Timestamp at={seenAt} /> },
          {
            key: 'actions',
            header: <span className="sr-only">{t('columns.actions')}</span>,
            className: 'sm:text-right',
            cell: (session) => (session.id === current ? null : <EndOne session={session} />),
          },
        ]}
      />
    </Section>
  );
}

function EndOne({ session: { id } }: { session: SessionRow }) {
  const t = useTranslations('settings.preferences.sessions');
  return (
    <ConfirmDialog
      act="end_own_session"
      action={endOwnSessionAction}
      hidden={{ sessionId: id }}
      trigger={t('end')}
      title={t('endTitle')}
      consequence={t('endHint')}
      confirm={t('end')}
      danger
      success={t('ended')}
    />
  );
}

function EndOthers() {
  const t = useTranslations('settings.preferences.sessions');
  return (
    <ConfirmDialog
      act="end_other_sessions"
      action={endOtherSessionsAction}
      trigger={t('endOthers')}
      title={t('endOthersTitle')}
      consequence={t('endOthersHint')}
      confirm={t('endOthers')}
      danger
      success={t('othersEnded')}
    />
  );
}

/** What a browser calls itself, as people call it. */
function Browser({ userAgent }: { userAgent: string }) {
  const t = useTranslations('settings.preferences.sessions');
  if (userAgent === '') return t('unknown');
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return <span title={userAgent}>{t('unknown')}</span>;
  return (
    <span title={userAgent}>
      {os.name ? t('browserOn', { browser: browser.name, system: os.name }) : browser.name}
    </span>
  );
}
