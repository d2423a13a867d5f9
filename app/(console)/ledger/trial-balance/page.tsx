import { BookOpen } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { LedgerHeader } from '~/app/(console)/ledger/ledger-header';
import { Section } from '~/components/layout/section';
import { ColumnAmount } from '~/components/list/column-amount';
import { EmptyState } from '~/components/list/empty-state';
import { LookBackBar, lookBackQuery } from '~/components/list/look-back';
import { type LookBack, readLookBack } from '~/components/list/look-back-params';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { momentWords } from '~/components/words/moment-words';
import { LEDGER_GROUPS, type TrialBalanceLine, trialBalance } from '~/lib/ledger/read';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('ledger'))('tabs.trialBalance') };
}

export default async function TrialBalancePage({ searchParams }: PageProps<'/ledger/trial-balance'>) {
  const operator = await requireOperator('console:read');
  const { look, ...read } = readLookBack(await searchParams, operator.timeZone);
  const readable = read.unreadable.length === 0;
  const live = await followed('movements');
  const [t, lines, compared] = await Promise.all([
    getTranslations('ledger'),
    readable ? trialBalance(look.at) : [],
    readable && look.compared ? trialBalance(look.compared) : undefined,
  ]);
  // MXN before CLP, as on the overview.
  const assets = [...new Set(lines.map(({ asset }) => asset))].sort().reverse();
  return (
    <>
      <LedgerHeader />
      <LookBackBar look={look} read={read} />
      {assets.length === 0 ? (
        <Card>
          <EmptyState icon={BookOpen} title={t('trial.empty')} description={t('accounts.emptyHint')} />
        </Card>
      ) : (
        assets.map((asset) => (
          <TrialBalance
            key={asset}
            asset={asset}
            lines={lines.filter((line) => line.asset === asset)}
            compared={compared?.filter((line) => line.asset === asset)}
            look={look}
          />
        ))
      )}
      <Live {...live} />
    </>
  );
}

type TrialBalanceProps = {
  asset: string;
  lines: TrialBalanceLine[];
  /** The same of the moment to compare with. */
  compared: TrialBalanceLine[] | undefined;
  look: LookBack;
};

async function TrialBalance({ asset, lines, compared, look }: TrialBalanceProps) {
  const [t, words] = [await getTranslations('ledger'), momentWords(await getFormatter())];
  const before = new Map(compared?.map((line) => [line.group, ordinary(line)]));
  const debit = lines.reduce((sum, line) => sum + line.debit, 0n);
  const credit = lines.reduce((sum, line) => sum + line.credit, 0n);
  const ordered = [...lines].sort((a, b) => LEDGER_GROUPS.indexOf(a.group) - LEDGER_GROUPS.indexOf(b.group));
  return (
    <Section title={asset} flush>
      {debit === credit ? (
        <Alert tone="success" title={t('trial.equal')} className="mb-3">
          {t('trial.equalHint')}
        </Alert>
      ) : (
        <Alert tone="danger" title={t('trial.unequal')} className="mb-3">
          {t('trial.unequalHint')} <Money amount={debit - credit} asset={asset} className="font-medium" />
        </Alert>
      )}
      <Card className="overflow-x-auto">
        <Table aria-label={t('trial.label', { asset })}>
          <TableHead>
            <TableRow>
              <TableHeader className="pl-4">{t('accounts.group')}</TableHeader>
              <TableHeader className="text-right max-sm:hidden">{t('trial.accounts')}</TableHeader>
              <TableHeader className="text-right max-sm:px-1">{t('sides.debitColumn')}</TableHeader>
              <TableHeader className="pr-4 text-right">{t('sides.creditColumn')}</TableHeader>
              {compared ? (
                <>
                  <TableHeader className="text-right max-md:hidden">
                    {t('trial.before', { moment: words(look.words.compared) ?? '' })}
                  </TableHeader>
                  <TableHeader className="pr-4 text-right">{t('trial.change')}</TableHeader>
                </>
              ) : null}
            </TableRow>
          </TableHead>
          <TableBody>
            {ordered.map((line) => (
              <TableRow key={line.group} className="relative transition-colors hover:bg-muted/60">
                <TableCell className="pl-4 max-sm:h-auto max-sm:py-2.5">
                  <Link
                    href={`/ledger?group=${line.group}&asset=${asset}${lookBackQuery(look)}`}
                    className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
                  >
                    {t(`groups.${line.group}`)}
                  </Link>
                </TableCell>
                <TableCell className="text-right text-muted-foreground tabular-nums max-sm:hidden">
                  {line.accounts}
                </TableCell>
                <TableCell className="text-right max-sm:px-1">
                  <ColumnAmount amount={line.debit} asset={asset} />
                </TableCell>
                <TableCell className="pr-4 text-right">
                  <ColumnAmount amount={line.credit} asset={asset} />
                </TableCell>
                {compared ? (
                  <>
                    <TableCell className="text-right text-muted-foreground max-md:hidden">
                      <Link
                        href={`/ledger?group=${line.group}&asset=${asset}${lookBackQuery(look, 'compared')}`}
                        className="relative z-10 rounded-sm hover:underline"
                      >
                        <ColumnAmount amount={before.get(line.group) ?? 0n} asset={asset} />
                      </Link>
                    </TableCell>
                    <TableCell className="pr-4 text-right">
                      <ColumnAmount amount={ordinary(line) - (before.get(line.group) ?? 0n)} asset={asset} />
                    </TableCell>
                  </>
                ) : null}
              </TableRow>
            ))}
            <TableRow className="border-t bg-muted/40 font-semibold">
              <TableCell className="pl-4">{t('trial.sum')}</TableCell>
              <TableCell className="max-sm:hidden" />
              <TableCell className="text-right max-sm:px-1">
                <ColumnAmount amount={debit} asset={asset} />
              </TableCell>
              <TableCell className="pr-4 text-right">
                <ColumnAmount amount={credit} asset={asset} />
              </TableCell>
              {compared ? (
                <>
                  <TableCell className="max-md:hidden" />
                  <TableCell />
                </>
              ) : null}
            </TableRow>
          </TableBody>
        </Table>
      </Card>
    </Section>
  );
}

/** A balance as people count it: above zero where the group's balance usually stands. */
function ordinary({ side, debit, credit }: TrialBalanceLine): bigint {
  return side === 'debit' ? debit - credit : credit - debit;
}
