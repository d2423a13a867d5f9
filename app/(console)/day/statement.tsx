import { CircleCheck } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useChange } from '~/app/(console)/day/glance';
import { type DayLook, linesHref, lookBackAt } from '~/app/(console)/day/params';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { known } from '~/components/ui/to';
import type { Day, DayAccount, Ends } from '~/lib/books/day';
import { CASH_IN, CASH_OUT, type Figure } from '~/lib/ledger/figures';

type StatementProps = {
  day: Day;
  look: DayLook;
  account: DayAccount | null;
  readerZone: string;
  /** What stands below the first table, beside the others. */
  children: ReactNode;
};

/** Those that are told though nothing came of them. */
const ALWAYS: ReadonlySet<Figure> = new Set(['deposits', 'withdrawals', 'suspenseIn', 'suspenseOut', 'fees']);

/** From what there was to what there is, part by part; each number leads to the list that sums to it. */
export function Statement({ day, look, account, readerZone, children }: StatementProps) {
  const t = useTranslations('day.statement');
  const { cash, suspense, owed, before, figures } = day;
  const href = useBalanceHref(look, account, readerZone);
  const earlier = cash.prior + before.in.amount - before.out.amount;
  return (
    <div className="grid items-start gap-x-6 xl:grid-cols-[3fr_2fr]">
      <div className="min-w-0">
        <Section title={t('cash')} description={t(account ? 'cashHintAccount' : 'cashHint')} flush>
          <Told label={t('cash')} look={look}>
            <Balance
              label={t('opening')}
              look={look}
              amount={cash.opening}
              before={cash.prior}
              {...href('cash', 'opening')}
            />
            {[...CASH_IN, ...CASH_OUT].map((figure) => (
              <Line key={figure} figure={figure} day={day} look={look} />
            ))}
            <Balance
              label={
                <span className="inline-flex items-center gap-1.5">
                  {t('closing')}
                  {day.isWhole ? (
                    <CircleCheck role="img" aria-label={t('whole')} className="size-4 text-success" />
                  ) : null}
                </span>
              }
              look={look}
              amount={cash.closing}
              before={earlier}
              {...href('cash', 'closing')}
              last
            />
          </Told>
        </Section>
        {children}
      </div>
      {suspense && owed ? (
        <div>
          <Section title={t('fees')} flush>
            <Told label={t('fees')} look={look}>
              <Line figure="fees" day={day} look={look} />
              <Line figure="feesBack" day={day} look={look} />
              <Net
                label={t('feesNet')}
                amount={figures.fees.amount - figures.feesBack.amount}
                look={look}
                before={before.fees.amount - before.feesBack.amount}
              />
            </Told>
          </Section>
          <Section title={t('suspense')} flush>
            <Told label={t('suspense')} look={look}>
              <Both ends={suspense} which="opening" look={look} {...href('suspense', 'opening')} />
              <Line figure="suspenseIn" day={day} look={look} />
              <Line figure="suspenseOut" day={day} look={look} />
              <Both ends={suspense} which="closing" look={look} {...href('suspense', 'closing')} />
            </Told>
          </Section>
          <Section title={t('owed')} description={t('owedHint')} flush>
            <Told label={t('owed')} look={look}>
              <Both ends={owed} which="opening" look={look} {...href('owed', 'opening')} />
              <Both ends={owed} which="closing" look={look} {...href('owed', 'closing')} />
            </Told>
          </Section>
        </div>
      ) : null}
    </div>
  );
}

const GROUPS = {
  cash: 'cash',
  suspense: 'suspense',
  owed: 'customer_available,customer_pending,customer_reserved,suspense',
} as const;

/** The ledger accounts that a balance is the sum of, as they stood. */
function useBalanceHref({ asset, span, before }: DayLook, account: DayAccount | null, readerZone: string) {
  const of = (group: keyof typeof GROUPS, moment: Date) => {
    const at = lookBackAt(moment, readerZone);
    if (!account) return `/ledger?group=${GROUPS[group]}&asset=${asset}&at=${at}`;
    return account.ledgerId ? `/ledger/accounts/${account.ledgerId}?at=${at}` : null;
  };
  return (group: keyof typeof GROUPS, which: keyof Ends) => ({
    href: of(group, which === 'opening' ? span.since : span.before),
    // Where the days before are cut within a minute, no look back says it as exactly.
    beforeHref: which === 'opening' ? of(group, before.span.since) : null,
  });
}

/** The head of a table of amounts beside those of the days before. */
function Told({ label, look, children }: { label: string; look: DayLook; children: ReactNode }) {
  const t = useTranslations('day.statement');
  const formatter = useFormatter();
  const day = (text: string) =>
    formatter.dateTime(new Date(`${text}T00:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const { from, to, isPart } = look.before;
  return (
    <Card className="overflow-x-auto">
      <Table aria-label={label}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-4">{t('what')}</TableHeader>
            <TableHeader className="text-right">{t('amount')}</TableHeader>
            <TableHeader className="pr-4 text-right max-sm:hidden">
              {t(isPart ? 'beforePart' : 'before', {
                days: from === to ? day(from) : `${day(from)} – ${day(to)}`,
              })}
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>{children}</TableBody>
      </Table>
    </Card>
  );
}

/** A figure with how many entries it has. Left out where there is nothing to tell, before neither. */
function Line({ figure, day, look }: { figure: Figure; day: Day; look: DayLook }) {
  const t = useTranslations('day.figures');
  const change = useChange();
  const [now, before] = [day.figures[figure], day.before[figure]];
  if (now.entries + before.entries === 0 && !ALWAYS.has(figure)) return null;
  const isOut = figure === 'out' || CASH_OUT.some((each) => each === figure) || /Out$|Back$/.test(figure);
  const until = look.before.isPart ? look.before.span.before.toISOString() : undefined;
  const signed = (amount: bigint) => (isOut ? -amount : amount);
  return (
    <TableRow>
      <TableCell className="pl-4">
        <span className="grid py-1.5 leading-tight">
          {t(figure)}
          <span className="text-muted-foreground text-xs">{t('count', { count: now.entries })}</span>
        </span>
      </TableCell>
      <Amount
        amount={signed(now.amount)}
        look={look}
        href={now.entries === 0 ? null : linesHref(look, look, figure)}
        note={change(now, before, 'brief')}
        signed
      />
      <Amount
        amount={signed(before.amount)}
        look={look}
        href={before.entries === 0 ? null : linesHref(look, look.before, figure, { until })}
        className="text-muted-foreground max-sm:hidden"
        signed
        last
      />
    </TableRow>
  );
}

type BalanceProps = {
  label: ReactNode;
  look: DayLook;
  amount: bigint;
  before?: bigint;
  href: string | null;
  beforeHref: string | null;
  last?: boolean;
};

function Balance({ label, look, amount, before, href, beforeHref, last = false }: BalanceProps) {
  return (
    <TableRow className={cn('font-medium', last && 'bg-muted/40')}>
      <TableCell className="pl-4">{label}</TableCell>
      <Amount amount={amount} look={look} href={href} />
      {before === undefined ? (
        <TableCell className="max-sm:hidden" />
      ) : (
        <Amount
          amount={before}
          look={look}
          href={beforeHref}
          className="text-muted-foreground max-sm:hidden"
          last
        />
      )}
    </TableRow>
  );
}

type BothProps = { ends: Ends; which: keyof Ends; look: DayLook; href: string | null };

function Both({ ends, which, look, href }: BothProps) {
  const t = useTranslations('day.statement');
  return (
    <Balance
      label={t(which)}
      look={look}
      amount={ends[which]}
      href={href}
      beforeHref={null}
      last={which === 'closing'}
    />
  );
}

type NetProps = { label: string; amount: bigint; before: bigint; look: DayLook };

function Net({ label, amount, before, look }: NetProps) {
  return (
    <Balance label={label} look={look} amount={amount} before={before} href={null} beforeHref={null} last />
  );
}

type AmountProps = {
  amount: bigint;
  look: DayLook;
  href: string | null;
  note?: string;
  signed?: boolean;
  className?: string;
  last?: boolean;
};

function Amount({ amount, look, href, note, signed = false, className, last }: AmountProps) {
  const money = (
    <Money amount={amount} asset={look.asset} signed={signed} className={className ? 'text-inherit' : ''} />
  );
  return (
    <TableCell className={cn('text-right', last && 'pr-4', className)}>
      <span className="grid justify-items-end leading-tight">
        {href ? (
          <Link href={known(href)} className="rounded-sm hover:text-link hover:underline max-sm:py-1.5">
            {money}
          </Link>
        ) : (
          money
        )}
        {note ? <span className="font-normal text-muted-foreground text-xs">{note}</span> : null}
      </span>
    </TableCell>
  );
}
