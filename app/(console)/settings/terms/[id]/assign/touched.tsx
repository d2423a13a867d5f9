import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import type { Assignment } from '~/lib/terms/assign';

/** How many wallets an assignment touches, and which of them would be over a limit now. */
export function Touched({ preview: { wallets, over, overWallets } }: { preview: Assignment }) {
  const t = useTranslations('settings.terms');
  if (wallets === 0) return <Alert tone="neutral">{t('touches', { count: 0 })}</Alert>;
  return (
    <Alert tone={over > 0 ? 'warning' : 'info'} title={t('touches', { count: wallets })}>
      <p>{t('over', { count: over })}</p>
      {over > 0 ? (
        <>
          <p>{t('overHint')}</p>
          <ul className="mt-2 list-disc pl-5">
            {overWallets.map(({ id, name }) => (
              <li key={id}>
                <Link href={`/wallets/${id}`} className="text-link hover:underline">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Alert>
  );
}
