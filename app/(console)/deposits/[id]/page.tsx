import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Assignment } from '~/app/(console)/deposits/[id]/assignment';
import { DepositFacts } from '~/app/(console)/deposits/[id]/deposit-facts';
import { Events } from '~/app/(console)/deposits/[id]/events';
import { ReturnToSender } from '~/app/(console)/deposits/[id]/return-to-sender';
import { SameKey } from '~/app/(console)/deposits/[id]/same-key';
import { Standing } from '~/app/(console)/deposits/[id]/standing';
import { wholeDeposit } from '~/app/(console)/deposits/[id]/whole';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { readSearch } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { maskedHint } from '~/components/record/masked-hint';
import { OpenCase } from '~/components/record/open-case';
import { StatusBadge } from '~/components/record/status-badge';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('detail.inbound') };
}

export default async function DepositPage({ params, searchParams }: PageProps<'/deposits/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `transfer:${id}` as const;
  const live = await followed(topic);
  const [t, reveals, whole, query] = await Promise.all([
    getTranslations('deposits'),
    getTranslations('reveals'),
    orNotFound(wholeDeposit(operator, id)),
    searchParams,
  ]);
  const { transfer, cover, waits, standing, resolves } = whole;
  const { direction, counterpartyName, suspenseReason, state, sight, timeline } = transfer;
  // A payout of ours has a page of its own, with what led to it; here only whose it is now that it came back.
  if (transfer.withdrawal && !suspenseReason) redirect(`/withdrawals/${transfer.withdrawal.id}`);
  const what = t(`detail.${direction === 'outbound' && suspenseReason ? 'payout' : direction}`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: suspenseReason ? '/deposits' : '/deposits/all' }]}
        here={
          <>
            {what} <Money amount={transfer.amount} asset={transfer.asset} />
          </>
        }
        title={
          <>
            <span className="sr-only">{what} </span>
            <Money amount={transfer.amount} asset={transfer.asset} size="lg" />
          </>
        }
        badge={
          waits ? (
            <StatusBadge kind="suspense" status="open" />
          ) : (
            <StatusBadge kind="transfer" status={state} />
          )
        }
        description={
          counterpartyName
            ? t(direction === 'inbound' ? 'detail.from' : 'detail.to', { name: counterpartyName })
            : undefined
        }
        actions={
          <>
            <OpenCase subject="transfer" id={id} role={operator.role} />
            <Offers standing={standing} timeline={timeline}>
              {resolves ? <ReturnToSender transfer={transfer} cover={cover} /> : null}
            </Offers>
          </>
        }
      />
      <Standing whole={whole} operator={operator} />
      <Offers standing={standing} timeline={timeline}>
        {waits && resolves ? <Assignment transfer={transfer} read={readSearch(query)} /> : null}
      </Offers>
      <SameKey transfer={transfer} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section
          title={t('detail.facts')}
          description={maskedHint(reveals, sight)}
          actions={<Reveal sight={sight} name={counterpartyName} />}
        >
          <DepositFacts transfer={transfer} />
        </Section>
        <div>
          <Section title={t('detail.timeline')}>
            {timeline.length > 0 ? (
              <History items={timeline} />
            ) : (
              <p className="text-muted-foreground text-sm">{t('detail.noHistory')}</p>
            )}
          </Section>
          <Section title={t('detail.events')} description={t('detail.eventsHint')}>
            <Events events={transfer.events} />
          </Section>
        </div>
      </div>
      <Live {...live} />
    </>
  );
}
