import { useTranslations } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { can, type Role } from '~/lib/roles';
import type { CaughtUp } from '~/lib/standstill/caught-up';
import type { StandingStill } from '~/lib/standstill/found';
import { foundAgain } from '~/lib/standstill/standstill';

type NoticeProps = { still: StandingStill; ready: CaughtUp; operator: { id: string; role: Role } };

/** Since when nothing leaves, what is still being read, and who let it go on. */
export function StandstillNotice({ still, ready, operator }: NoticeProps) {
  const t = useTranslations('standstill');
  const { foundAt, releasedAt, releases } = still;
  const reasons = releases.map(({ id, operatorName, reason }) => (
    <p key={id} className="mt-1 break-words">
      {t('releasedBy', { name: operatorName, reason })}
    </p>
  ));
  if (releasedAt)
    return (
      <Alert tone="success" title={t('released')} className="mb-6">
        <p>
          {t.rich('releasedHint', {
            found: () => <Timestamp at={foundAt} format="seconds" />,
            released: () => <Timestamp at={releasedAt} format="seconds" />,
          })}
        </p>
        {reasons}
      </Alert>
    );
  const [first] = releases;
  return (
    <Alert tone="danger" title={t('open')} className="mb-6">
      <p>{t.rich('openHint', { found: () => <Timestamp at={foundAt} format="seconds" /> })}</p>
      {foundAgain(still).map((at) => (
        <p key={at.toISOString()} className="mt-1 font-medium">
          {t.rich('again', { found: () => <Timestamp at={at} format="seconds" /> })}
        </p>
      ))}
      <Progress ready={ready} />
      {first ? <p className="mt-1 font-medium">{t('oneOfTwo')}</p> : null}
      {reasons}
      {first?.operatorId === operator.id ? <p className="mt-1">{t('own')}</p> : null}
      {can(operator.role, 'proof:release') ? null : <p className="mt-1">{t('notYours')}</p>}
    </Alert>
  );
}

function Progress({ ready }: { ready: CaughtUp }) {
  const t = useTranslations('standstill.progress');
  const { isReady, synced, polled, unproven, unreadable } = ready;
  return (
    <>
      <ul className="mt-1 list-disc pl-5">
        <li>{t(synced ? 'synced' : 'syncing')}</li>
        <li>{t(polled ? 'polled' : 'polling')}</li>
        <li>{t('unproven', { count: unproven })}</li>
        {unreadable > 0 ? <li>{t('unreadable', { count: unreadable })}</li> : null}
      </ul>
      <p className="mt-1 font-medium">{t(isReady ? 'ready' : 'notReady')}</p>
    </>
  );
}
