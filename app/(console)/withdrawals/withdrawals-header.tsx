import { FileUp, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageHeader } from '~/components/layout/page-header';
import { ExportMenu } from '~/components/list/export-menu';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { ExportListName } from '~/lib/exports/lists';
import { can, type Role } from '~/lib/roles';

type WithdrawalsHeaderProps = {
  role: Role;
  /** Which of the four is shown. */
  list: Extract<ExportListName, `withdrawals${string}`>;
};

/** The head of the four lists of withdrawals. */
export function WithdrawalsHeader({ role, list }: WithdrawalsHeaderProps) {
  const t = useTranslations('withdrawals');
  const batches = useTranslations('batches');
  return (
    <PageHeader
      title={t('title')}
      description={t('description')}
      actions={
        <>
          <ExportMenu list={list} role={role} />
          {can(role, 'withdrawals:request') ? (
            <Button asChild>
              <Link href="/withdrawals/batches/new">
                <FileUp aria-hidden />
                {batches('new.action')}
              </Link>
            </Button>
          ) : null}
          {can(role, 'withdrawals:request') ? (
            <Button asChild variant="primary">
              <Link href="/withdrawals/new">
                <Plus aria-hidden />
                {t('new.action')}
              </Link>
            </Button>
          ) : null}
        </>
      }
    />
  );
}
