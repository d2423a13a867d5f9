import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { AskedTable } from '~/app/(console)/proof/restored/asked-table';
import { EndedTable } from '~/app/(console)/proof/restored/ended-table';
import { MadeList } from '~/app/(console)/proof/restored/made-list';
import { PayoutTable } from '~/app/(console)/proof/restored/payout-table';
import { ReleaseStandstill } from '~/app/(console)/proof/restored/release-standstill';
import { ShutList } from '~/app/(console)/proof/restored/shut-list';
import { StandstillNotice } from '~/app/(console)/proof/restored/standstill-notice';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { EmptyState } from '~/components/list/empty-state';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { to } from '~/components/ui/to';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';
import { type FoundSince, foundSince, latestStandstill } from '~/lib/standstill/found';
import { historyOf } from '~/lib/transfers/history';

export async function generateMetadata() {
  return { title: (await getTranslations('standstill'))('title') };
}

export default async function RestoredPage() {
  const operator = await requireOperator('console:read');
  const live = await followed('proof');
  const [t, proof, still] = await Promise.all([
    getTranslations('standstill'),
    getTranslations('proof'),
    latestStandstill(operator),
  ]);
  const found = still ? await foundSince(operator, still) : null;
  const timeline = still ? await historyOf(operator, { person: null }, 'standstill', still.id) : [];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: proof('title'), href: '/proof' }]}
        title={t('title')}
        description={found ? t('description') : undefined}
        actions={
          still && found ? (
            <Offers standing={`${still.state} ${still.releases.length}`} timeline={timeline}>
              <ReleaseStandstill still={still} found={found} operator={operator} />
            </Offers>
          ) : null
        }
      />
      {still && found ? (
        <>
          <StandstillNotice still={still} ready={found.ready} operator={operator} />
          <Found found={found} />
        </>
      ) : (
        <Card>
          <EmptyState icon={CircleCheck} title={t('never')} description={t('neverHint')} />
        </Card>
      )}
      <Live {...live} />
    </>
  );
}

/** What happened while the books were away, each with what is to be done about it. */
async function Found({ found }: { found: FoundSince }) {
  const t = await getTranslations('standstill');
  const { asked, paid, waiting, ended, deposits, numbers, accounts, shut } = found;
  return (
    <>
      <Section title={t('asked.title', { count: asked.length })} description={t('asked.cure')} flush>
        <AskedTable payouts={asked} />
      </Section>
      <Section title={t('paid.title', { count: paid.length })} description={t('paid.cure')} flush>
        <PayoutTable label={t('paid.label')} payouts={paid} />
      </Section>
      <Section title={t('waiting.title', { count: waiting.length })} description={t('waiting.cure')} flush>
        <PayoutTable label={t('waiting.label')} payouts={waiting} />
      </Section>
      <Section title={t('ended.title', { count: ended.length })} description={t('ended.cure')} flush>
        <EndedTable transfers={ended} />
      </Section>
      <Section title={t('deposits.title')} description={t('deposits.cure')}>
        {deposits.length === 0 ? <p className="text-muted-foreground">{t('none')}</p> : null}
        {deposits.map(({ asset, count, amount, held }) => (
          <p key={asset}>
            {t.rich('deposits.sum', { count, held, amount: () => <Money amount={amount} asset={asset} /> })}
          </p>
        ))}
      </Section>
      <Section title={t('numbers.title', { count: numbers.length })} description={t('numbers.cure')}>
        <MadeList made={numbers} hrefOf={(id) => to(`/account-numbers/${encodeURIComponent(id)}`)} />
      </Section>
      <Section title={t('accounts.title', { count: accounts.length })} description={t('accounts.cure')}>
        <MadeList made={accounts} hrefOf={(id) => to(`/proof/accounts/${encodeURIComponent(id)}`)} />
      </Section>
      <Section title={t('doors.title')} description={t('doors.cure')}>
        <ShutList shut={shut} />
      </Section>
    </>
  );
}
