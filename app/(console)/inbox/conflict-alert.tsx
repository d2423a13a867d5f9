import { getTranslations } from 'next-intl/server';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { countConflicts } from '~/lib/inbox/conflicts';

/** One id with two contents: one of them is wrong, and only people can say which. */
export async function ConflictAlert() {
  const count = await countConflicts();
  if (count === 0) return null;
  const t = await getTranslations('inbox.conflicts');
  return (
    <Alert tone="danger" title={t('alert', { count })} className="mb-5">
      {t.rich('alertHint', {
        list: (chunks) => (
          <Link href="/inbox?mark=conflicting" className="font-medium underline underline-offset-2">
            {chunks}
          </Link>
        ),
      })}
    </Alert>
  );
}
