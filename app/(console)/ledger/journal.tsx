import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Money } from '~/components/money';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import type { Owner } from '~/lib/books';

export type JournalEntry = {
  id: bigint;
  /** Debits positive, credits negative. */
  amount: bigint;
  asset: string;
  balanceAfter: bigint;
  account: { id: bigint; code: string; ownerId: string | null };
};

type JournalProps = {
  label: string;
  entries: readonly JournalEntry[];
  owners: ReadonlyMap<string, Owner>;
};

/** A transaction as accountants write it: debits on the left, credits on the right and indented, and the sums. */
export function Journal({ label, entries, owners }: JournalProps) {
  const t = useTranslations('ledger');
  const assets = [...new Set(entries.map(({ asset }) => asset))];
  return (
    <div className="overflow-x-auto">
      <Table aria-label={label}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-4">{t('journal.account')}</TableHeader>
            <TableHeader className="text-right">{t('sides.debitColumn')}</TableHeader>
            <TableHeader className="text-right max-sm:pr-4">{t('sides.creditColumn')}</TableHeader>
            <TableHeader className="pr-4 text-right max-md:hidden">{t('journal.balanceAfter')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={String(entry.id)}>
              <TableCell className={`h-auto py-2 ${entry.amount > 0n ? 'pl-4' : 'pl-8 sm:pl-10'}`}>
                <AccountName account={entry.account} owners={owners} />
              </TableCell>
              <TableCell className="text-right align-top leading-10">
                {entry.amount > 0n ? <Money amount={entry.amount} asset={entry.asset} /> : null}
              </TableCell>
              <TableCell className="text-right align-top leading-10 max-sm:pr-4">
                {entry.amount < 0n ? <Money amount={-entry.amount} asset={entry.asset} /> : null}
              </TableCell>
              <TableCell className="pr-4 text-right align-top text-muted-foreground leading-10 max-md:hidden">
                <Money amount={entry.balanceAfter} asset={entry.asset} />
              </TableCell>
            </TableRow>
          ))}
          {assets.map((asset) => (
            <TableRow key={asset} className="border-t bg-muted/40 font-medium">
              <TableCell className="pl-4">{t('journal.sum')}</TableCell>
              <TableCell className="text-right">
                <Money amount={sumOf(entries, asset, 1n)} asset={asset} />
              </TableCell>
              <TableCell className="text-right max-sm:pr-4">
                <Money amount={sumOf(entries, asset, -1n)} asset={asset} />
              </TableCell>
              <TableCell className="max-md:hidden" />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function sumOf(entries: readonly JournalEntry[], asset: string, sign: 1n | -1n): bigint {
  return entries.reduce(
    (sum, entry) => (entry.asset === asset && entry.amount * sign > 0n ? sum + entry.amount * sign : sum),
    0n,
  );
}

type AccountNameProps = { account: JournalEntry['account']; owners: ReadonlyMap<string, Owner> };

/** A ledger account by what it stands for and whose it is; its code says the same to a machine. */
function AccountName({ account, owners }: AccountNameProps) {
  const owner = owners.get(account.ownerId ?? '');
  const bucket = useBucketWord()(account.code);
  return (
    <span className="grid min-w-0 leading-tight">
      <Link
        href={`/ledger/accounts/${account.id}` as Route}
        className="w-fit rounded-sm font-medium hover:text-link hover:underline max-sm:py-1"
      >
        {bucket}
        {owner ? <span className="font-normal text-muted-foreground"> · {owner.name}</span> : null}
      </Link>
      <span
        title={account.code}
        className="max-w-[34ch] truncate font-mono text-muted-foreground text-xs max-sm:max-w-[18ch]"
      >
        {account.code}
      </span>
    </span>
  );
}

/** The last part of a code in the reader's words: `wallet/<id>/available` is the available balance. */
function useBucketWord(): (code: string) => string {
  const t = useTranslations('ledger.buckets');
  return (code) => {
    const [root = '', second = ''] = code.split('/');
    const bucket =
      root === 'house' ? `house_${second}` : root === 'receivable' ? root : code.split('/').at(-1);
    const key = bucket as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : code;
  };
}
