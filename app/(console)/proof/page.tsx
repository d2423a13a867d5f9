import { useFormatter, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '~/app/(console)/proof/account-table';
import { BreakTable } from '~/app/(console)/proof/break-table';
import { CheckNow } from '~/app/(console)/proof/check-now';
import { LedgerSection } from '~/app/(console)/proof/ledger-section';
import { LIGHTS, readAccountProofs } from '~/app/(console)/proof/params';
import { StandingStill } from '~/app/(console)/proof/standing-still';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Stat } from '~/components/layout/stat';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { ProvenLine, WaitsLine } from '~/components/money/proven-line';
import { StatusBadge } from '~/components/record/status-badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { followed } from '~/lib/live';
import { listBreaks } from '~/lib/proof/breaks-read';
import { lastLedgerCheck } from '~/lib/proof/ledger-check';
import { listNamedProofs } from '~/lib/proof/named';
import { lightOver, type ProofSummary, proofSummaries } from '~/lib/proof/read';
import { can } from '~/lib/roles';
import { requireHouse, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('proof'))('title') };
}

export default async function ProofPage({ searchParams }: PageProps<'/proof'>) {
  const operator = await requireOperator('console:read');
  requireHouse(operator);
  const read = readAccountProofs(await searchParams);
  const live = await followed('proof');
  const [t, status, summaries, breaks, ledger, { items, nextCursor }] = await Promise.all([
    getTranslations('proof'),
    getTranslations('status.proof'),
    proofSummaries(),
    listBreaks(operator, { states: ['open', 'released'] }),
    lastLedgerCheck(),
    listAsRead(read, (filter) => listNamedProofs(operator, filter)),
  ]);
  const light = lightOver(summaries, ledger);
  return (
    <>
      <PageHeader
        title={t('title')}
        badge={<StatusBadge kind="proof" status={light} />}
        description={t(`light.${light}`)}
        actions={can(operator.role, 'proof:recover') ? <CheckNow /> : null}
      />
      <StandingStill />
      <ProvenLines summaries={summaries} />
      <Summaries summaries={summaries} />
      {breaks.items.length > 0 ? (
        <Section title={t('breaks.title')} description={t('breaks.hint')} flush actions={<AllBreaks />}>
          <BreakTable breaks={breaks.items} />
        </Section>
      ) : null}
      <Section
        title={t('accounts.title')}
        description={t('description')}
        flush
        actions={breaks.items.length > 0 ? null : <AllBreaks />}
      >
        <FilterBar
          read={read}
          filters={[
            {
              kind: 'select',
              name: 'light',
              label: t('accounts.filterState'),
              options: LIGHTS.map((value) => ({ value, label: status(value) })),
            },
            {
              kind: 'select',
              name: 'asset',
              label: t('accounts.filterAsset'),
              options: summaries.map(({ asset }) => ({ value: asset, label: asset })),
            },
          ]}
        />
        <AccountTable accounts={items} filtered={read.filtered} />
        <Pager nextCursor={nextCursor} count={items.length} />
      </Section>
      <LedgerSection check={ledger} />
      <Live {...live} />
    </>
  );
}

async function AllBreaks() {
  const t = await getTranslations('proof.breaks');
  return (
    <Button asChild size="sm">
      <Link href="/proof/breaks">{t('all')}</Link>
    </Button>
  );
}

/** How far each asset is proven, and what waits. */
function ProvenLines({ summaries }: { summaries: ProofSummary[] }) {
  return (
    <div className="mb-4 grid gap-1 text-sm">
      {summaries.map(({ asset, last, movements, off, accounts, laggingCount, laggingSince }) => (
        <p key={asset}>
          <ProvenLine last={last} count={movements} difference={off} asset={asset} accounts={accounts} />{' '}
          {laggingSince ? <WaitsLine count={laggingCount} since={laggingSince} /> : null}
        </p>
      ))}
    </div>
  );
}

/** What was proven, per asset; each leads to the accounts that sum to it. */
function Summaries({ summaries }: { summaries: ProofSummary[] }) {
  const t = useTranslations('proof.summary');
  const formatter = useFormatter();
  if (summaries.length === 0) return null;
  return (
    <div className="mb-8 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {summaries.map(({ asset, movements, accounts, green, open }) => (
        <Stat
          key={asset}
          label={t('movements', { asset })}
          value={formatter.number(movements)}
          detail={`${t('accounts', { green, accounts })} · ${t('open', { count: open })}`}
          href={to(`/proof?asset=${asset}`)}
        />
      ))}
    </div>
  );
}
