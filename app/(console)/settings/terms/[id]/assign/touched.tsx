import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import type { Assignment } from '~/lib/terms/assign';

/** How many wallets an assignment touches, which would be over a limit now, and which the terms are not for. */
export function Touched({ preview }: { preview: Assignment }) {
  const t = useTranslations('settings.terms');
  return (
    <div className="grid gap-3">
      {preview.wallets === 0 ? (
        <Alert tone="neutral">{t('touches', { count: 0 })}</Alert>
      ) : (
        <Taken preview={preview} />
      )}
      {preview.unfit > 0 ? <Left preview={preview} /> : null}
    </div>
  );
}

function Left({ preview: { unfit, unfitWallets } }: { preview: Assignment }) {
  const t = useTranslations('settings.terms');
  const invalid = useTranslations('invalid');
  return (
    <Alert tone="warning" title={t('unfit', { count: unfit })}>
      <ul className="mt-2 list-disc pl-5">
        {unfitWallets.map(({ id, name, why }) => (
          <li key={id}>
            <Link href={`/wallets/${id}`} className="text-link hover:underline">
              {name}
            </Link>
            : {invalid(why as 'terms_kind')}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Taken({ preview: { wallets, over, overWallets } }: { preview: Assignment }) {
  const t = useTranslations('settings.terms');
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
