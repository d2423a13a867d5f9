import { useTranslations } from 'next-intl';
import { ColumnAmount } from '~/components/list/column-amount';
import { Money } from '~/components/money/money';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { Owner } from '~/lib/books/books';

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
  const unit = assets.length === 1 ? assets[0] : null;
  const head = (word: string) => (unit ? `${word}, ${unit}` : word);
  return (
    <div className="@container overflow-x-auto">
      <Table aria-label={label}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-4">{t('journal.account')}</TableHeader>
            <TableHeader className="text-right max-sm:px-1">{head(t('sides.debitColumn'))}</TableHeader>
            <TableHeader className="text-right @max-2xl:pr-4">{head(t('sides.creditColumn'))}</TableHeader>
            <TableHeader className="pr-4 text-right @max-2xl:hidden">{t('journal.balanceAfter')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={String(entry.id)}>
              <TableCell className={cn('h-auto py-2', entry.amount > 0n ? 'pl-4' : 'pl-7 sm:pl-10')}>
                <AccountName account={entry.account} owners={owners} />
              </TableCell>
              <Amount
                amount={entry.amount}
                asset={entry.asset}
                plain={unit !== null}
                className="max-sm:px-1"
              />
              <Amount
                amount={-entry.amount}
                asset={entry.asset}
                plain={unit !== null}
                className="@max-2xl:pr-4"
              />
              <TableCell className="pr-4 text-right text-muted-foreground @max-2xl:hidden">
                <Money amount={entry.balanceAfter} asset={entry.asset} />
              </TableCell>
            </TableRow>
          ))}
          {assets.map((asset) => (
            <TableRow key={asset} className="border-t bg-muted/40 font-medium">
              <TableCell className="pl-4">{t('journal.sum')}</TableCell>
              <Amount
                amount={sumOf(entries, asset, 1n)}
                asset={asset}
                plain={unit !== null}
                className="max-sm:px-1"
              />
              <Amount
                amount={sumOf(entries, asset, -1n)}
                asset={asset}
                plain={unit !== null}
                className="@max-2xl:pr-4"
              />
              <TableCell className="@max-2xl:hidden" />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

type AmountProps = { amount: bigint; asset: string; plain: boolean; className: string };

/** One cell of a column; what belongs in the other column leaves it empty. */
function Amount({ amount, asset, plain, className }: AmountProps) {
  return (
    <TableCell className={cn('text-right', className)}>
      {amount <= 0n ? null : plain ? (
        <ColumnAmount amount={amount} asset={asset} />
      ) : (
        <Money amount={amount} asset={asset} />
      )}
    </TableCell>
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
  const nameOf = useWalletName();
  const bucket = useBucketWord()(account.code);
  return (
    <span className="grid min-w-0 leading-tight">
      <Link
        href={`/ledger/accounts/${account.id}`}
        className="w-fit rounded-sm font-medium hover:text-link hover:underline max-sm:py-1 max-sm:[overflow-wrap:anywhere]"
      >
        {bucket}
        {owner ? <span className="font-normal text-muted-foreground"> · {nameOf(owner)}</span> : null}
      </Link>
      <span
        title={account.code}
        className="max-w-[34ch] truncate font-mono text-muted-foreground text-xs max-sm:hidden"
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
