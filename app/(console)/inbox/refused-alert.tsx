import { getTranslations } from 'next-intl/server';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { countWrongSecrets } from '~/lib/inbox/refused';

/** Somebody signs with a secret that isn't good here: after a rotation that may well be Fintoc. */
export async function RefusedAlert() {
  const count = await countWrongSecrets();
  if (count === 0) return null;
  const t = await getTranslations('inbox.refused');
  return (
    <Alert tone="warning" title={t('alert', { count })} className="mb-5">
      {t.rich('alertHint', {
        list: (chunks) => (
          <Link href="/inbox/refused" className="font-medium underline underline-offset-2">
            {chunks}
          </Link>
        ),
      })}
    </Alert>
  );
}
