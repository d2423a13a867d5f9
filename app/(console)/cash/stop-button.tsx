import { useFormatter, useTranslations } from 'next-intl';
import { resumePayoutsAction, stopPayoutsAction } from '~/app/(console)/cash/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { useAccountWord } from '~/components/words/account-words';
import { MOMENT } from '~/components/words/moment';
import type { StopShown } from '~/lib/cash/board';
import { can, type Role } from '~/lib/roles';
import type { NamedAccount } from '~/lib/wallets/account-holders';

type Operator = { id: string; role: Role };
type StopButtonProps = {
  /** Left out, of everything. */
  account?: NamedAccount;
  stop: StopShown | null;
  operator: Operator;
};

/** Stops payouts, by one person; or, where they are stopped, lets them go on, by two. */
export function StopButton(props: StopButtonProps) {
  const { stop } = props;
  return (
    <Offers standing={stop ? `${stop.id} ${stop.resumes.length}` : 'going'} timeline={actsOn(stop)}>
      <StopOrResume {...props} />
    </Offers>
  );
}

/** That it was stopped, and who said that it may go on, of the two that it takes. */
function actsOn(stop: StopShown | null) {
  if (stop === null) return [];
  const { stoppedAt, stoppedBy, resumes } = stop;
  return [
    { at: stoppedAt, kind: 'payouts.stopped', actor: stoppedBy },
    ...resumes.map(({ at, operatorName: actor }) => ({ at, kind: 'payouts.resume_asked', actor })),
  ];
}

function StopOrResume({ account, stop, operator }: StopButtonProps) {
  const t = useTranslations('cash');
  const named = account ? <Whose account={account} /> : null;
  const { role, id } = operator;
  if (stop === null)
    return can(role, 'payouts:stop') ? (
      <ConfirmDialog
        action={stopPayoutsAction}
        act="stop"
        {...(account && { hidden: { accountId: account.id } })}
        trigger={t(account ? 'stop.action' : 'stop.all')}
        triggerVariant={account ? 'secondary' : 'danger'}
        title={t(account ? 'stop.title' : 'stop.titleAll')}
        consequence={
          <>
            {named}
            <p>{t('stop.consequence')}</p>
          </>
        }
        confirm={t(account ? 'stop.action' : 'stop.all')}
        reason="required"
        danger
        success={t('stop.done')}
      />
    ) : null;
  const said = stop.resumes.some(({ operatorId }) => operatorId === id);
  return can(role, 'proof:release') && !said ? (
    <ConfirmDialog
      action={resumePayoutsAction}
      act="resume"
      hidden={{ stopId: stop.id }}
      trigger={t('resume.action')}
      title={t('resume.title')}
      consequence={
        <>
          {named}
          <p>{t('resume.consequence')}</p>
        </>
      }
      confirm={t('resume.action')}
      reason="required"
      success={t('resume.done')}
    />
  ) : null;
}

function Whose({ account }: { account: NamedAccount }) {
  const word = useAccountWord()(account);
  return <p className="mb-1.5 break-words font-medium text-foreground">{word}</p>;
}

/** Who or what stopped it, when and why, and who said already that it may go on. */
export function StopWords({ stop }: { stop: StopShown }) {
  const t = useTranslations('cash.stopped');
  const formatter = useFormatter();
  const { cause, reason, stoppedAt, stoppedBy, resumes } = stop;
  const at = formatter.dateTime(stoppedAt, MOMENT);
  const [first] = resumes;
  return (
    <>
      <p>
        {cause === 'person'
          ? t('by', { name: stoppedBy ?? '', at, reason })
          : t(cause, { at, count: reason })}
      </p>
      <p className="text-muted-foreground">{first ? t('first', { name: first.operatorName }) : t('two')}</p>
    </>
  );
}
