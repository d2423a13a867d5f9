import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BalanceEntries } from '~/app/(console)/wallets/[id]/balance/balance-entries';
import { BUCKETS, readBalance } from '~/app/(console)/wallets/params';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { FilterBar } from '~/components/list/filter-bar';
import { LookBackCaption, lookBackQuery } from '~/components/list/look-back';
import { Pager } from '~/components/list/pager';
import { TabLinks } from '~/components/list/tab-links';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { explainWalletBalance } from '~/lib/books/explain';
import { followed } from '~/lib/live';
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
  const live = await followed(`wallet:${id}`);
  const wallet = viewOf(await orNotFound(getWallet(operator, id)), read.filter.asset) ?? notFound();
  const { asset } = wallet;
  const [t, moments, explained] = await Promise.all([
    getTranslations('wallets.explain'),
    getTranslations('common.moment'),
    readable
      ? explainWalletBalance(operator, { ...read.filter, asset, walletId: id, cursor: read.cursor })
      : null,
  ]);
  const hrefOf = (each: (typeof BUCKETS)[number]) =>
    to(`/wallets/${id}/balance?asset=${asset}&bucket=${each}${lookBackQuery(look)}`);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: (await getTranslations('wallets'))('title'), href: '/wallets' },
          { label: (await getWalletName())(wallet), href: to(`/wallets/${id}?asset=${asset}`) },
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
      <Live {...live} />
    </>
  );
}
