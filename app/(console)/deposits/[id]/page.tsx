import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Assignment } from '~/app/(console)/deposits/[id]/assignment';
import { DepositFacts } from '~/app/(console)/deposits/[id]/deposit-facts';
import { DepositMeaning } from '~/app/(console)/deposits/[id]/deposit-meaning';
import { Events } from '~/app/(console)/deposits/[id]/events';
import { WaitingRequest } from '~/app/(console)/deposits/[id]/request';
import { ReturnToSender } from '~/app/(console)/deposits/[id]/return-to-sender';
import { SameKey } from '~/app/(console)/deposits/[id]/same-key';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { History } from '~/components/history';
import { Live } from '~/components/live';
import { maskedHint } from '~/components/masked-hint';
import { Money } from '~/components/money';
import { Offers } from '~/components/offers';
import { OpenCase } from '~/components/open-case';
import { PageHeader } from '~/components/page-header';
import { readSearch } from '~/components/read-address';
import { Section } from '~/components/section';
import { StatusBadge } from '~/components/status-badge';
import { returnCover, waitingRequest } from '~/lib/deposits/requests-read';
import { returnWaitsFor } from '~/lib/deposits/returns';
import { liveToken } from '~/lib/live';
import { counterpartyOf } from '~/lib/people/masking';
import { sightOf, withReveals } from '~/lib/people/reveals';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { getTransferPage } from '~/lib/transfers/read';

type Transfer = Awaited<ReturnType<typeof getTransferPage>>;

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('detail.inbound') };
}

export default async function DepositPage({ params, searchParams }: PageProps<'/deposits/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `transfer:${id}` as const;
  const token = await liveToken(topic);
  const [t, transfer, query] = await Promise.all([
    getTranslations('deposits'),
    orNotFound(getTransferPage(id)),
    searchParams,
  ]);
  const { direction, counterpartyName, suspenseReason, returnRequestedAt, state } = transfer;
  // A payout of ours has a page of its own, with what led to it; here only whose it is now that it came back.
  if (transfer.withdrawal && !suspenseReason) redirect(`/withdrawals/${transfer.withdrawal.id}` as Route);
  const person = counterpartyOf(transfer);
  const [request, cover, held, reveals, sight, timeline] = await Promise.all([
    waitingRequest(transfer),
    returnCover(transfer),
    returnWaitsFor(transfer),
    getTranslations('reveals'),
    sightOf(operator, person),
    withReveals(operator, person, transfer.timeline),
  ]);
  const resolves = can(operator.role, 'deposits:resolve');
  const waits = suspenseReason !== null && state === ARRIVED[direction] && returnRequestedAt === null;
  const standing = `${waits} ${returnRequestedAt === null} ${request?.id ?? ''}`;
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
            <Offers standing={standing} timeline={transfer.timeline}>
              {resolves && !request ? <ReturnToSender transfer={transfer} cover={cover} /> : null}
            </Offers>
          </>
        }
      />
      <DepositMeaning transfer={transfer} held={held} />
      <Offers standing={request?.id ?? ''} timeline={transfer.timeline}>
        {request ? <WaitingRequest request={request} transfer={transfer} operator={operator} /> : null}
      </Offers>
      <Offers standing={standing} timeline={transfer.timeline}>
        {waits && resolves && !request ? <Assignment transfer={transfer} read={readSearch(query)} /> : null}
      </Offers>
      <SameKey transfer={transfer} seen={sight.seen} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section
          title={t('detail.facts')}
          description={maskedHint(reveals, sight)}
          actions={<Reveal sight={sight} name={counterpartyName} />}
        >
          <DepositFacts transfer={transfer} seen={sight.seen} />
        </Section>
        <div>
          <Section title={t('detail.timeline')}>
            {timeline.length > 0 ? (
              <History
                items={timeline}
                titles={passedSuspense(transfer) ? { deposit: t('detail.posted') } : {}}
              />
            ) : (
              <p className="text-muted-foreground text-sm">{t('detail.noHistory')}</p>
            )}
          </Section>
          <Section title={t('detail.events')} description={t('detail.eventsHint')}>
            <Events events={transfer.events} />
          </Section>
        </div>
      </div>
      <Live topic={topic} {...(token === null ? {} : { token })} />
    </>
  );
}

/** The state in which a transfer's money can wait in suspense. */
const ARRIVED = { inbound: 'succeeded', outbound: 'returned' } as const;

/** Money that stood in suspense was posted twice: when it came, and when somebody said whose it is. */
function passedSuspense({ suspenseReason, walletId, timeline }: Transfer): boolean {
  return (
    suspenseReason !== null || walletId === null || timeline.some(({ kind }) => kind === 'deposit.assigned')
  );
}
