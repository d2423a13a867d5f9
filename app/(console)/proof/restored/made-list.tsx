import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Clabe } from '~/components/money/clabe';
import { Link } from '~/components/ui/link';

type MadeListProps = {
  made: readonly { id: string; number: string; description: string | null }[];
  hrefOf: (id: string) => Route;
};

/** What stands at Fintoc for wallets that these books don't know. */
export function MadeList({ made, hrefOf }: MadeListProps) {
  const t = useTranslations('standstill');
  if (made.length === 0) return <p className="text-muted-foreground">{t('none')}</p>;
  return (
    <ul className="grid gap-1">
      {made.map(({ id, number, description }) => (
        <li key={id} className="flex min-w-0 flex-wrap gap-x-3">
          <Link href={hrefOf(id)} className="rounded-sm hover:underline">
            <Clabe value={number} copy={false} />
          </Link>
          <span className="min-w-0 break-words text-muted-foreground">{description}</span>
        </li>
      ))}
    </ul>
  );
}
