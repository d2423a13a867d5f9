import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { readProofMovements } from '~/app/(console)/proof/params';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { getAccountWord } from '~/components/words/get-account-word';
import { followed } from '~/lib/live';
import { getNamedProof } from '~/lib/proof/named';
import { type ListedProofMovements, listProofMovements } from '~/lib/proof/read';
import { orNotFound, requireHouse, requireOperator } from '~/lib/session';

type Movement = ListedProofMovements['items'][number];

export async function generateMetadata() {
  return { title: (await getTranslations('proof'))('movements.title') };
}

export default async function ProofMovementsPage({
  params,
  searchParams,
}: PageProps<'/proof/accounts/[id]/movements'>) {
  const operator = await requireOperator('console:read');
  requireHouse(operator);
  const id = decodeURIComponent((await params).id);
  const read = readProofMovements(await searchParams, id);
  const live = await followed('proof');
  const [t, accountWord, account, { proof, items, nextCursor }] = await Promise.all([
    getTranslations('proof'),
    getAccountWord(),
    orNotFound(getNamedProof(operator, id)),
    read.unreadable.length > 0
      ? { proof: null, items: [], nextCursor: null }
      : listProofMovements({ ...read.filter, cursor: read.cursor }),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t('title'), href: '/proof' },
          { label: accountWord(account), href: to(`/proof/accounts/${encodeURIComponent(id)}`) },
        ]}
        title={t('movements.title')}
        description={
          proof
            ? t.rich('movements.ofProof', {
                count: proof.count,
                at: () => <Timestamp at={proof.at} format="seconds" />,
              })
            : t('movements.description')
        }
      />
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'match',
            label: t('movements.filterMatch'),
            options: [{ value: 'open', label: t('movements.open') }],
          },
        ]}
      />
      <MovementsAtFintoc movements={items} filtered={read.filtered} />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

function MovementsAtFintoc({ movements, filtered }: { movements: Movement[]; filtered: boolean }) {
  const t = useTranslations('proof.movements');
  return (
    <DataTable
      label={t('title')}
      rows={movements}
      rowKey={({ id }) => id}
      filtered={filtered}
      empty={<EmptyState icon={ArrowLeftRight} title={t('empty')} />}
      columns={[
        { key: 'at', header: t('at'), cell: ({ at }) => <Timestamp at={at} format="seconds" /> },
        {
          key: 'kind',
          header: t('kind'),
          // Fintoc may know more kinds than we do.
          cell: ({ kind }) =>
            t.has(`kinds.${kind}` as 'kinds.fee')
              ? t(`kinds.${kind}` as 'kinds.fee')
              : kind.replaceAll('_', ' '),
        },
        {
          key: 'id',
          header: t('id'),
          hideBelow: 'lg',
          cell: ({ id }) => <span className="font-mono text-[0.96em] tracking-tight">{id}</span>,
          className: 'text-muted-foreground sm:max-w-60 sm:truncate',
        },
        { key: 'match', header: t('match'), cell: (movement) => <Match movement={movement} /> },
        {
          key: 'amount',
          header: t('amount'),
          align: 'end',
          phone: 'end',
          phoneLabel: false,
          cell: ({ direction, amount, asset }) => (
            <Money amount={direction === 'inbound' ? amount : -amount} asset={asset} signed />
          ),
        },
        {
          key: 'balance',
          header: t('balance'),
          align: 'end',
          phoneLabel: false,
          cell: ({ balance, asset }) => (
            <Money amount={balance} asset={asset} className="text-muted-foreground" />
          ),
        },
      ]}
    />
  );
}

function Match({ movement: { matchedAt, transactionId } }: { movement: Movement }) {
  const t = useTranslations('proof.movements');
  if (transactionId === null)
    return (
      <span className={matchedAt ? 'text-muted-foreground' : 'text-warning'}>
        {t(matchedAt ? 'undone' : 'open')}
      </span>
    );
  return (
    <Link
      href={`/ledger/transactions/${transactionId}`}
      className="rounded-sm text-link hover:underline max-sm:py-2"
    >
      {t('matched', { id: String(transactionId) })}
    </Link>
  );
}
