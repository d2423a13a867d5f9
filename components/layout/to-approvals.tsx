import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { ApprovalGroup } from '~/lib/approvals/actions';
import { can, type Role } from '~/lib/roles';

type ToApprovalsProps = { of: ApprovalGroup; role: Role };

/** From a list of what waits to where it is decided; nothing for who has no inbox. */
export function ToApprovals({ of, role }: ToApprovalsProps) {
  const t = useTranslations('approvals.there');
  if (!can(role, 'people:read')) return null;
  return (
    <Alert
      tone="info"
      className="mb-4"
      action={
        <Button asChild size="sm">
          <Link href={`/approvals?kind=${of}`}>{t('go')}</Link>
        </Button>
      }
    >
      {t(of)}
    </Alert>
  );
}
