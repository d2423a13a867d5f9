import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { type ApprovalAction, GROUP_OF } from '~/lib/approvals/actions';
import { can, type Role } from '~/lib/roles';

type WaitingActsProps = { actions: ReadonlySet<ApprovalAction> | undefined; role: Role };

/** On the page of what somebody asked to change: what waits for somebody else, and where it is decided. */
export function WaitingActs({ actions, role }: WaitingActsProps) {
  const t = useTranslations('approvals');
  const formatter = useFormatter();
  const [first] = actions ?? [];
  if (!actions || first === undefined) return null;
  const what = [...actions].map((action) => t(`kinds.${action.replace('.', '_') as 'wallet_freeze'}`));
  return (
    <Alert
      tone="info"
      className="mb-5"
      title={t('there.waits', { what: formatter.list(what, { type: 'conjunction' }) })}
      action={
        can(role, 'people:read') ? (
          <Button asChild size="sm">
            <Link href={to(`/approvals?kind=${GROUP_OF[first]}`)}>{t('there.go')}</Link>
          </Button>
        ) : null
      }
    />
  );
}
