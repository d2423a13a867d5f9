import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { can, type RoleName } from '~/lib/roles';

type WaitingActsProps = { actions: ReadonlySet<ApprovalAction> | undefined; role: RoleName };

/** On the page of what somebody asked to change: what waits for somebody else, and where it is decided. */
export function WaitingActs({ actions, role }: WaitingActsProps) {
  const t = useTranslations('approvals');
  const formatter = useFormatter();
  if (!actions || actions.size === 0) return null;
  const what = [...actions].map((action) => t(`kinds.${action.replace('.', '_') as 'wallet_freeze'}`));
  return (
    <Alert
      tone="info"
      className="mb-5"
      title={t('there.waits', { what: formatter.list(what, { type: 'conjunction' }) })}
      action={
        can(role, 'people:read') ? (
          <Button asChild size="sm">
            <Link href="/approvals?kind=wallets">{t('there.go')}</Link>
          </Button>
        ) : null
      }
    />
  );
}
