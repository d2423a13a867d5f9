import { useFormatter, useNow, useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { FintocSaidLine } from '~/app/(console)/overview/fintoc-said-line';
import { ProofLine } from '~/app/(console)/overview/proof-line';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import type { LedgerGroup } from '~/lib/ledger/read';
import { isBooksOnly } from '~/lib/money';
import type { Books } from '~/lib/overview/overview';
import type { Role } from '~/lib/roles';

type BooksCardProps = { books: Books; role: Role };

/** What we owe beside what we hold, and the difference in words. */
export function BooksCard({ books, role }: BooksCardProps) {
  const t = useTranslations('overview.books');
  const { asset, customers, suspense, owed } = books;
  return (
    <Section title={t('title', { asset })} flush>
      <Card>
        <div className="grid sm:grid-cols-2 sm:divide-x">
          <Side
            title={t('owed')}
            total={owed}
            asset={asset}
            groups={['customer_available', 'customer_pending', 'customer_reserved', 'suspense']}
            lines={[
              { label: t('available'), amount: customers.available, group: 'customer_available' },
              { label: t('reserved'), amount: customers.reserved, group: 'customer_reserved' },
              { label: t('pending'), amount: customers.pending, group: 'customer_pending' },
              { label: t('suspense'), amount: suspense, group: 'suspense' },
            ]}
          />
          {isBooksOnly(asset) ? null : <AtFintoc books={books} />}
        </div>
        <div className="grid gap-2 border-t px-4 py-3 text-sm sm:px-5">
          {isBooksOnly(asset) ? (
            <p className="text-muted-foreground">{t('booksOnly', { asset })}</p>
          ) : (
            <>
              <Difference books={books} />
              <ProofLine proof={books.proof} />
              <FintocSaidLine said={books.fintoc} asset={asset} role={role} />
            </>
          )}
        </div>
      </Card>
    </Section>
  );
}

/**
 * What Fintoc said it holds, the ledger's word beside it, and what is between the two by name: what moved since Fintoc
 * said so, and what nobody has explained.
 */
function AtFintoc({ books: { asset, cash, inTransit, incoming, sweptOut, fintoc } }: { books: Books }) {
  const t = useTranslations('overview.books');
  const formatter = useFormatter();
  const now = useNow();
  const id = useId();
  const off = fintoc?.agreement === 'differs' ? fintoc.off : 0n;
  const moved = fintoc && fintoc.agreement !== 'unknown' ? cash - fintoc.said - off : 0n;
  return (
    <div className="p-4 max-sm:border-t sm:p-5">
      <h3 id={id} className="text-muted-foreground text-sm">
        {t('held')}
        {fintoc ? ` · ${formatter.relativeTime(fintoc.at, now)}` : null}
      </h3>
      <div className="mt-0.5 mb-3">
        {fintoc ? <Money amount={fintoc.said} asset={asset} size="xl" /> : <span className="text-xl">—</span>}
      </div>
      <dl aria-labelledby={id} className="grid text-sm">
        <Row label={t('cash')} asset={asset} amount={cash} group="cash" />
        {moved === 0n ? null : <Row label={t('movedSince')} asset={asset} amount={moved} signed />}
        {off === 0n ? null : (
          <Row
            label={t(off > 0n ? 'tooMuch' : 'tooLittle')}
            asset={asset}
            amount={off}
            signed
            tone="danger"
          />
        )}
        <Row label={t('inTransit')} asset={asset} amount={inTransit} group="in_transit" />
        {incoming === 0n ? null : (
          <Row label={t('incoming')} asset={asset} amount={incoming} group="incoming" />
        )}
        {/* No part of what is there: it is where Fintoc is not. */}
        {sweptOut === 0n ? null : (
          <Row label={t('swept')} asset={asset} amount={sweptOut} group="house_settlement" />
        )}
      </dl>
    </div>
  );
}

type RowProps = {
  label: string;
  asset: string;
  amount: bigint;
  /** The ledger accounts that sum to it; left out, the proof, which says where the difference is. */
  group?: LedgerGroup;
  signed?: boolean;
  tone?: 'danger';
};

function Row({ label, asset, amount, group, signed = false, tone }: RowProps) {
  const money = <Money amount={amount} asset={asset} signed={signed} />;
  return (
    <div className={cn('flex items-baseline justify-between gap-3 border-t py-1.5', tone && 'text-danger')}>
      <dt className={tone ? 'font-medium' : 'text-muted-foreground'}>{label}</dt>
      <dd>
        {group ? (
          <ListLink groups={[group]} asset={asset}>
            {money}
          </ListLink>
        ) : tone ? (
          <Link href="/proof" className="rounded-sm hover:underline max-sm:py-2">
            {money}
          </Link>
        ) : (
          <span className="text-muted-foreground">{money}</span>
        )}
      </dd>
    </div>
  );
}

type Line = { label: string; amount: bigint; group: LedgerGroup };
type SideProps = {
  title: string;
  total: bigint;
  asset: string;
  groups: LedgerGroup[];
  lines: Line[];
};

function Side({ title, total, asset, groups, lines }: SideProps) {
  const id = useId();
  return (
    <div className="p-4 sm:p-5">
      <h3 id={id} className="text-muted-foreground text-sm">
        {title}
      </h3>
      <ListLink groups={groups} asset={asset} className="mt-0.5 mb-3 inline-block">
        <Money amount={total} asset={asset} size="xl" />
      </ListLink>
      <dl aria-labelledby={id} className="grid text-sm">
        {lines.map((line) => (
          <Row key={line.group} asset={asset} {...line} />
        ))}
      </dl>
    </div>
  );
}

type ListLinkProps = { groups: LedgerGroup[]; asset: string; className?: string; children: ReactNode };

/** A number leads to the ledger accounts that sum to it. */
function ListLink({ groups, asset, className, children }: ListLinkProps) {
  return (
    <Link
      href={`/ledger?group=${groups.join(',')}&asset=${asset}`}
      className={cn('rounded-sm hover:text-link hover:underline max-sm:py-2', className)}
    >
      {children}
    </Link>
  );
}

/** Held minus owed is the platform's own money, less what it has elsewhere; below zero, customers' money is missing. */
function Difference({ books }: { books: Books }) {
  const t = useTranslations('overview.books.difference');
  const { asset, difference, own, swept, sweptOut, receivable, unexplained } = books;
  const covered = difference < 0n && difference + sweptOut >= 0n;
  const money = (amount: bigint) => () => (
    <Money amount={amount < 0n ? -amount : amount} asset={asset} className="font-medium" />
  );
  const word = difference === 0n ? 'none' : difference > 0n ? 'more' : covered ? 'covered' : 'less';
  const elsewhere = [
    ...(own === 0n ? [] : [t.rich(own > 0n ? 'own' : 'ownNegative', { amount: money(own) })]),
    ...(swept === 0n ? [] : [t.rich('swept', { amount: money(swept) })]),
    ...(receivable === 0n ? [] : [t.rich('receivable', { amount: money(receivable) })]),
    ...(unexplained === 0n ? [] : [t.rich('unexplained', { amount: money(unexplained) })]),
  ];
  return (
    <p className={covered ? 'text-warning' : difference < 0n ? 'text-danger' : undefined}>
      {t.rich(word, { amount: money(difference) })}{' '}
      {difference !== 0n && elsewhere.length > 0 ? (
        <Link
          href="/ledger/trial-balance"
          className="rounded-sm text-muted-foreground hover:text-link hover:underline"
        >
          {elsewhere.map((part, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order.
            <span key={nth}>
              {nth > 0 ? ' · ' : ''}
              {part}
            </span>
          ))}
        </Link>
      ) : null}
    </p>
  );
}
