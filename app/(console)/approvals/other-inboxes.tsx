import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { waitingFor } from '~/lib/overview';

/** What waits of money, each in the place where what to check stands beside it. */
export async function OtherInboxes({ operatorId }: { operatorId: string }) {
  const [t, waiting] = await Promise.all([getTranslations('approvals.acts'), waitingFor(operatorId)]);
  const inboxes: { key: 'withdrawals' | 'adjustments' | 'deposits'; href: Route; count: number }[] = [
    { key: 'withdrawals', href: '/withdrawals', count: waiting.approvals.count },
    { key: 'adjustments', href: '/adjustments', count: waiting.adjustments.count },
    { key: 'deposits', href: '/deposits/requests', count: waiting.depositRequests.count },
  ];
  const some = inboxes.filter(({ count }) => count > 0);
  if (some.length === 0) return null;
  return (
    <Alert tone="info" className="mb-4">
      <span className="flex flex-wrap gap-x-4 gap-y-1">
        {some.map(({ key, href, count }) => (
          <Link key={key} href={href} className="text-link underline underline-offset-4">
            {t(`inboxes.${key}`, { count })}
          </Link>
        ))}
      </span>
    </Alert>
  );
}
