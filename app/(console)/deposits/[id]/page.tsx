import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Assignment } from '~/app/(console)/deposits/[id]/assignment';
import { DepositFacts } from '~/app/(console)/deposits/[id]/deposit-facts';
import { DepositMeaning } from '~/app/(console)/deposits/[id]/deposit-meaning';
import { Events } from '~/app/(console)/deposits/[id]/events';
import { ReturnToSender } from '~/app/(console)/deposits/[id]/return-to-sender';
import { History } from '~/app/(console)/withdrawals/history';
import { Live } from '~/components/live';
import { Money } from '~/components/money';
import { PageHeader } from '~/components/page-header';
import { textParam } from '~/components/search-params';
import { Section } from '~/components/section';
import { StatusBadge } from '~/components/status-badge';
import { liveToken } from '~/lib/live';
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
  const topic = `transfer:${id}`;
  const token = await liveToken(topic);
  const [t, transfer, query] = await Promise.all([
    getTranslations('deposits'),
    orNotFound(getTransferPage(id)),
    searchParams,
  ]);
  // A payout of ours has a page of its own, with what led to it.
  if (transfer.withdrawal) redirect(`/withdrawals/${transfer.withdrawal.id}` as Route);
  const { direction, counterpartyName, suspenseReason, returnRequestedAt, state } = transfer;
  const resolves = can(operator.role, 'deposits:resolve');
  const waits = suspenseReason !== null && state === 'succeeded' && returnRequestedAt === null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: suspenseReason ? '/deposits' : '/deposits/all' }]}
        title={
          <>
            <span className="sr-only">{t(`detail.${direction}`)} </span>
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
        actions={resolves ? <ReturnToSender transfer={transfer} /> : null}
      />
      <DepositMeaning transfer={transfer} />
      {waits && resolves ? <Assignment transfer={transfer} text={textParam(query, 'q')} /> : null}
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section title={t('detail.facts')}>
          <DepositFacts transfer={transfer} role={operator.role} />
        </Section>
        <div>
          <Section title={t('detail.timeline')}>
            {transfer.timeline.length > 0 ? (
              <History
                items={transfer.timeline}
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

/** Money that stood in suspense was posted twice: when it came, and when somebody said whose it is. */
function passedSuspense({ suspenseReason, walletId, timeline }: Transfer): boolean {
  return (
    suspenseReason !== null || walletId === null || timeline.some(({ kind }) => kind === 'deposit.assigned')
  );
}
