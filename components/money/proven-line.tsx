import { useFormatter, useNow, useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { CopyButton } from '~/components/record/copy-button';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';

type ProvenLineProps = {
  last: { accountId: string; movementId: string; at: Date } | null;
  count: bigint;
  difference: bigint;
  asset: string;
  /** How many accounts the count is of. */
  accounts?: number;
};

/** "Proven up to mov_x at 12:04:05, 3 movements, difference 0": the whole proof in one sentence. */
export function ProvenLine({ last, count, difference, asset, accounts = 1 }: ProvenLineProps) {
  const t = useTranslations('proof.proven');
  const today = useToday();
  if (!last) return <>{t('never')}</>;
  const { accountId, movementId, at } = last;
  return (
    <>
      {t.rich('line', {
        movement: () => (
          <span className="inline-flex items-center gap-0.5 align-bottom">
            <Link
              href={`/proof/accounts/${encodeURIComponent(accountId)}`}
              title={movementId}
              className="rounded-sm font-mono text-[0.96em] tracking-tight hover:text-link hover:underline"
            >
              {shortened(movementId)}
            </Link>
            <CopyButton value={movementId} label={movementId} className="-my-1 max-sm:-mr-3" />
          </span>
        ),
        today: String(today(at)),
        day: () => <Timestamp at={at} format="date" />,
        at: () => <Timestamp at={at} format="time" />,
        count: Number(count),
        accounts,
        difference: () => <Money amount={difference} asset={asset} className="font-medium" />,
      })}
    </>
  );
}

/** "3 movements wait since 12:04:05". */
export function WaitsLine({ count, since }: { count: number; since: Date }) {
  const t = useTranslations('proof.proven');
  const today = useToday()(since);
  return (
    <>
      {t.rich('waits', {
        count,
        today: String(today),
        at: () => <Timestamp at={since} format={today ? 'time' : 'datetime'} />,
      })}
    </>
  );
}

function useToday(): (at: Date) => boolean {
  const formatter = useFormatter();
  const now = useNow();
  const day = (at: Date) => formatter.dateTime(at, { dateStyle: 'short' });
  return (at) => day(at) === day(now);
}

/** Without its middle: the beginning says what it is, the end which one. */
function shortened(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}
