import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageHeader } from '~/components/page-header';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { can, type RoleName } from '~/lib/roles';

/** The head of the four lists of withdrawals. */
export function WithdrawalsHeader({ role }: { role: RoleName }) {
  const t = useTranslations('withdrawals');
  return (
    <PageHeader
      title={t('title')}
      description={t('description')}
      actions={
        can(role, 'withdrawals:request') ? (
          <Button asChild variant="primary">
            <Link href="/withdrawals/new">
              <Plus aria-hidden />
              {t('new.action')}
            </Link>
          </Button>
        ) : null
      }
    />
  );
}
