import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { useHeldWords } from '~/components/words/held-words';
import type { Held, HeldReturns } from '~/lib/gate/gate';

/** What waits at the gate and why, withdrawals and deposits that go back; nothing while nothing does. */
export function HeldNotice({ held, returns }: { held: Held[]; returns: HeldReturns[] }) {
  const t = useTranslations('gate.waiting');
  const wordsOf = useHeldWords();
  const counts = { withdrawals: countOf(held), returns: countOf(returns) };
  if (counts.withdrawals + counts.returns === 0) return null;
  const told = ({ reason, asset, count, amount }: Held) => ({
    reason: wordsOf(reason).short,
    count,
    amount: () => <Money amount={amount} asset={asset} className="font-medium" />,
  });
  return (
    <Alert
      tone="warning"
      title={t('title', { ...counts, both: String(counts.withdrawals > 0 && counts.returns > 0) })}
      className="-mt-4 mb-8"
      action={
        counts.withdrawals > 0 ? (
          <Button asChild size="sm">
            <Link href="/withdrawals/in-flight">{t('action')}</Link>
          </Button>
        ) : null
      }
    >
      <ul>
        {held.map((each) => (
          <li key={`${each.reason} ${each.asset}`}>{t.rich('reason', told(each))}</li>
        ))}
        {returns.map((each) => (
          <li key={`return ${each.reason} ${each.asset}`}>
            {t.rich('returns', told(each))} ·{' '}
            <Link href={`/deposits/${each.oldest}`} className="underline underline-offset-4">
              {t('oldest')}
            </Link>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function countOf(held: Held[]): number {
  return held.reduce((sum, { count }) => sum + count, 0);
}
