import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { MOMENT } from '~/components/words/moment';
import type { LifecycleActRow } from '~/lib/wallets/acts';
import type { Standing } from '~/lib/wallets/standing';

type StandingNoticeProps = { standing: Standing; acts: readonly LifecycleActRow[] };

/** That the customer is frozen or closed as a whole, since whose act and why: no wallet of theirs opens meanwhile. */
export function StandingNotice({ standing, acts }: StandingNoticeProps) {
  const t = useTranslations('customers.standing');
  const formatter = useFormatter();
  if (standing.status === 'open') return null;
  const reason = acts.find(({ id }) => id === standing.act)?.reason;
  const why = reason ? <p>{t('reason', { reason })}</p> : null;
  if (standing.status === 'closed')
    return (
      <Alert
        tone="neutral"
        title={t(standing.closedBy === 'customer' ? 'closedByCustomer' : 'closedByPlatform')}
        className="mb-5"
      >
        {why}
      </Alert>
    );
  const { direction, until } = standing.freeze;
  return (
    <Alert tone="warning" title={t(`frozen.${direction}`)} className="mb-5">
      {why}
      {until ? <p>{t('until', { until: formatter.dateTime(until, MOMENT) })}</p> : null}
    </Alert>
  );
}
