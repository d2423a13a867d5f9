import { useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';

/** Beside what somebody asked to change, while it waits for somebody else. */
export function WaitsBadge() {
  const t = useTranslations('approvals');
  return (
    <Link href="/approvals" className="rounded-full">
      <Badge tone="warning">{t('waitsBadge')}</Badge>
    </Link>
  );
}
