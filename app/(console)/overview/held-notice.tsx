import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { useHeldWords } from '~/components/words/held-words';
import type { Held } from '~/lib/gate/gate';

/** What waits at the gate and why; nothing while nothing does. */
export function HeldNotice({ held }: { held: Held[] }) {
  const t = useTranslations('gate.waiting');
  const wordsOf = useHeldWords();
  if (held.length === 0) return null;
  return (
    <Alert
      tone="warning"
      title={t('title', { count: held.reduce((sum, { count }) => sum + count, 0) })}
      className="-mt-4 mb-8"
      action={
        <Button asChild size="sm">
          <Link href="/withdrawals/in-flight">{t('action')}</Link>
        </Button>
      }
    >
      <ul>
        {held.map(({ reason, asset, count, amount }) => (
          <li key={`${reason} ${asset}`}>
            {t.rich('reason', {
              reason: wordsOf(reason).short,
              count,
              amount: () => <Money amount={amount} asset={asset} className="font-medium" />,
            })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
