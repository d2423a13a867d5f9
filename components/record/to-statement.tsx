import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { can, type Role } from '~/lib/roles';

type ToStatementProps = { of: 'wallet' | 'customer'; id: string; role: Role };

/** From a wallet or a customer to their statement; nothing for who may not take lists away. */
export function ToStatement({ of, id, role }: ToStatementProps) {
  const t = useTranslations('statements');
  if (!can(role, 'lists:export')) return null;
  return (
    <Button asChild>
      <Link href={to(`/statements/new?${new URLSearchParams({ [of]: id })}`)}>
        <FileText aria-hidden />
        {t('open')}
      </Link>
    </Button>
  );
}
