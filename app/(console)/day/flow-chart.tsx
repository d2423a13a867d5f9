import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type DayLook, daysOfBucket, linesHref } from '~/app/(console)/day/params';
import { Section } from '~/components/layout/section';
import { MirrorBars } from '~/components/money/mirror-bars';
import { Money } from '~/components/money/money';
import { TwinTable } from '~/components/money/twin-table';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { TableCell, TableRow } from '~/components/ui/table';
import { known } from '~/components/ui/to';
import type { DayBucket } from '~/lib/books/day';
import { formatAmount } from '~/lib/money';

type FlowChartProps = { buckets: readonly DayBucket[]; look: DayLook };

/** What came in, upwards, and went out, downwards; and the same to read, each number leading to its entries. */
export function FlowChart({ buckets, look }: FlowChartProps) {
  const t = useTranslations('day.chart');
  const told = useBucketWords(look);
  const { asset } = look;
  const ends = [buckets[0], buckets[Math.floor((buckets.length - 1) / 2)], buckets.at(-1)];
  return (
    <Section title={t(`title.${look.stride}`)} flush>
      <Card className="overflow-hidden">
        <div className="grid gap-2 p-4 sm:p-5">
          <Legend />
          <MirrorBars
            label={t('label', { stride: look.stride })}
            bars={buckets.map((bucket) => ({
              key: bucket.at.toISOString(),
              up: bucket.in.amount,
              down: bucket.out.amount,
              label: told.whole(bucket),
            }))}
          />
          {buckets.length > 2 ? (
            <p aria-hidden className="flex justify-between text-muted-foreground text-xs tabular-nums">
              {ends.map((bucket) => (
                <span key={bucket?.at.toISOString()}>{bucket ? told.at(bucket) : ''}</span>
              ))}
            </p>
          ) : null}
        </div>
        <TwinTable
          label={t('asTable')}
          heads={[t(`at.${look.stride}`), t('in'), t('out'), t('closing')]}
          empty={t('nothing')}
        >
          {buckets
            .filter((bucket) => bucket.in.entries + bucket.out.entries > 0)
            .map((bucket) => (
              <TableRow key={bucket.at.toISOString()}>
                <TableCell className="whitespace-nowrap pl-4 tabular-nums">{told.at(bucket)}</TableCell>
                <Linked bucket={bucket} look={look} side="in" />
                <Linked bucket={bucket} look={look} side="out" />
                <TableCell className="pr-4 text-right text-muted-foreground">
                  <Money amount={bucket.closing} asset={asset} />
                </TableCell>
              </TableRow>
            ))
            .reverse()}
        </TwinTable>
      </Card>
    </Section>
  );
}

function Legend() {
  const t = useTranslations('day.chart');
  return (
    <p className="flex gap-4 text-muted-foreground text-xs">
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-xs bg-success" />
        {t('in')}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-xs bg-primary" />
        {t('out')}
      </span>
    </p>
  );
}

function Linked({ bucket, look, side }: { bucket: DayBucket; look: DayLook; side: 'in' | 'out' }) {
  const { from, to, hour } = daysOfBucket(bucket.at, look);
  const { amount, entries } = bucket[side];
  return (
    <TableCell className="text-right">
      {entries === 0 ? (
        <span className="text-muted-foreground">—</span>
      ) : (
        <Link
          href={known(linesHref(look, { from, to }, side, { hour }))}
          className="rounded-sm hover:text-link hover:underline max-sm:py-2"
        >
          <Money amount={amount} asset={look.asset} />
        </Link>
      )}
    </TableCell>
  );
}

/** A bucket by its time, and with what it says. */
function useBucketWords({ stride, timeZone, asset, from, to }: DayLook) {
  const t = useTranslations('day.chart');
  const formatter = useFormatter();
  const at = ({ at }: Pick<DayBucket, 'at'>) =>
    formatter.dateTime(at, {
      timeZone,
      ...(stride === 'month'
        ? { month: 'short', year: 'numeric' }
        : stride === 'hour' && from === to
          ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
          : { day: 'numeric', month: 'short' }),
      ...(stride === 'hour' && from !== to ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
    });
  const locale = useLocale();
  const amount = (of: bigint) => `${formatAmount(of, asset, locale)} ${asset}`;
  return {
    at,
    whole: (bucket: DayBucket) =>
      t('bar', { at: at(bucket), in: amount(bucket.in.amount), out: amount(bucket.out.amount) }),
  };
}
