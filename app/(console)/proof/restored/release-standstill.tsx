import { useTranslations } from 'next-intl';
import { releaseStandstillAction } from '~/app/(console)/proof/restored/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { can, type Role } from '~/lib/roles';
import type { FoundSince, StandingStill } from '~/lib/standstill/found';

type ReleaseProps = { still: StandingStill; found: FoundSince; operator: { id: string; role: Role } };

/** Lets payouts and openings go on: two different people, each with a reason. */
export function ReleaseStandstill({ still, found, operator }: ReleaseProps) {
  const t = useTranslations('standstill');
  const { id, state, releases } = still;
  const [first] = releases;
  const may = can(operator.role, 'proof:release') && first?.operatorId !== operator.id;
  if (state !== 'open' || !found.ready.isReady || !may) return null;
  // What is to be approved stays where it is.
  const going = found.waiting.filter(({ status }) => status !== 'awaiting_approval');
  const facts = { waiting: going.length, asked: found.asked.length };
  return (
    <ConfirmDialog
      act="release_standstill"
      action={releaseStandstillAction}
      hidden={{ standstillId: id }}
      trigger={t('release')}
      title={t('releaseTitle')}
      consequence={
        first ? t('releaseSecond', { name: first.operatorName, ...facts }) : t('releaseFirst', facts)
      }
      confirm={t('release')}
      reason="required"
      danger
      success={t('releaseDone')}
    />
  );
}
