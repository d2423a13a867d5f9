import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { reasonOf } from '~/lib/reasons';
import { can, type Role } from '~/lib/roles';
import { isOver } from '~/lib/withdrawals/retries';

type TryAgainProps = {
  withdrawal: {
    id: string;
    status: Parameters<typeof isOver>[0];
    failureCode: string | null;
    retry: { id: string } | null;
  };
  role: Role;
};

/** To the same request again, as a new one; where that was done already, to the one that took its place. */
export function TryAgain({ withdrawal: { id, status, failureCode, retry }, role }: TryAgainProps) {
  const t = useTranslations('withdrawals.retry');
  if (retry)
    return (
      <Button asChild size="sm" variant="ghost" className="relative z-10">
        <Link href={`/withdrawals/${retry.id}`}>{t('toNew')}</Link>
      </Button>
    );
  if (!isOver(status) || !can(role, 'withdrawals:request')) return null;
  const corrected = failureCode !== null && reasonOf(failureCode).retry === 'corrected';
  return (
    <Button asChild size="sm" className="relative z-10">
      <Link href={`/withdrawals/new?retry=${id}`}>
        <RotateCw aria-hidden />
        {t(corrected ? 'corrected' : 'same')}
      </Link>
    </Button>
  );
}
