import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BalanceEntries } from '~/app/(console)/wallets/[id]/balance/balance-entries';
import { BUCKETS, readBalance } from '~/app/(console)/wallets/params';
import { FilterBar } from '~/components/filter-bar';
import { getWalletName } from '~/components/get-wallet-name';
import { Live } from '~/components/live';
import { LookBackCaption, lookBackQuery } from '~/components/look-back';
import { Money } from '~/components/money';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { Section } from '~/components/section';
import { TabLinks } from '~/components/tab-links';
import { explainWalletBalance } from '~/lib/books/explain';
import { liveToken } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet, viewOf } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('wallets.explain'))('title') };
}

export default async function BalancePage({ params, searchParams }: PageProps<'/wallets/[id]/balance'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const { look, ...read } = readBalance(await searchParams, operator.timeZone);
  const { bucket } = read.filter;
  const readable = read.unreadable.length === 0;
  const token = await liveToken(`wallet:${id}`);
  const wallet = viewOf(await orNotFound(getWallet(id)), read.filter.asset) ?? notFound();
  const { asset } = wallet;
  const [t, moments, explained] = await Promise.all([
    getTranslations('wallets.explain'),
    getTranslations('common.moment'),
    readable ? explainWalletBalance({ ...read.filter, asset, walletId: id, cursor: read.cursor }) : null,
  ]);
  const hrefOf = (each: (typeof BUCKETS)[number]) =>
    `/wallets/${id}/balance?asset=${asset}&bucket=${each}${lookBackQuery(look)}`;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: (await getTranslations('wallets'))('title'), href: '/wallets' },
          { label: (await getWalletName())(wallet), href: `/wallets/${id}?asset=${asset}` },
        ]}
        title={t('title')}
        description={readable ? t('sum', { count: Number(explained?.count ?? 0n) }) : undefined}
      />
      <TabLinks
        label={t('tabs')}
        current={hrefOf(bucket)}
        tabs={BUCKETS.map((each) => ({ href: hrefOf(each), label: t(each) }))}
      />
      {readable ? (
        <div className="mb-4">
          <Money amount={explained?.balance ?? 0n} asset={asset} size="xl" />
        </div>
      ) : null}
      <FilterBar
        filters={[{ kind: 'moment', name: 'at', label: moments('at'), clock: true }]}
        label={moments('label')}
        read={read}
      />
      <LookBackCaption look={look} />
      <Section
        title={t('entries')}
        description={t(look.at?.clock === 'effective' ? 'entriesHintEffective' : 'entriesHint')}
        flush
      >
        <BalanceEntries explained={explained} asset={asset} />
        <Pager nextCursor={explained?.nextCursor ?? null} count={explained?.items.length ?? 0} />
      </Section>
      <Live topic={`wallet:${id}`} token={token ?? undefined} />
    </>
  );
}
