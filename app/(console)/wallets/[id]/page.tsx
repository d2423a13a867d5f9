import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { AssetChoice } from '~/app/(console)/wallets/[id]/asset-choice';
import { Debt } from '~/app/(console)/wallets/[id]/debt';
import { FintocFacts } from '~/app/(console)/wallets/[id]/fintoc-facts';
import { HandHolds } from '~/app/(console)/wallets/[id]/hand-holds';
import { Holds, IN_FLIGHT } from '~/app/(console)/wallets/[id]/holds';
import { MovingNotice } from '~/app/(console)/wallets/[id]/moving-notice';
import { OpeningProgress } from '~/app/(console)/wallets/[id]/opening-progress';
import { Planned } from '~/app/(console)/wallets/[id]/planned';
import { TermsSummary } from '~/app/(console)/wallets/[id]/terms-summary';
import { sumOf, WaitingAdjustments } from '~/app/(console)/wallets/[id]/waiting-adjustments';
import { WalletBalances } from '~/app/(console)/wallets/[id]/wallet-balances';
import { WalletHeader } from '~/app/(console)/wallets/[id]/wallet-header';
import { WalletMovements } from '~/app/(console)/wallets/[id]/wallet-movements';
import { addWalletNoteAction } from '~/app/(console)/wallets/actions';
import { Section } from '~/components/layout/section';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { LookBackBar } from '~/components/list/look-back';
import { readLookBack } from '~/components/list/look-back-params';
import { MOVEMENT_PARAMS } from '~/components/list/movement-params';
import { textParam } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { NotPaidOut } from '~/components/money/not-paid-out';
import { Utilisation } from '~/components/money/utilisation';
import { History } from '~/components/record/history';
import { LifecycleActs } from '~/components/record/lifecycle-acts';
import { Notes } from '~/components/record/notes';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '~/components/ui/tabs';
import { getWalletName } from '~/components/words/get-wallet-name';
import { listAdjustments } from '~/lib/adjustments/read';
import { waitingAbout } from '~/lib/approvals/read';
import { fintocMode } from '~/lib/env';
import { listHolds } from '~/lib/holds/read';
import { walletBalancesAt } from '~/lib/ledger/history';
import { followed } from '~/lib/live';
import { listNotes } from '~/lib/people/notes';
import { payoutAssets } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { plannedOf } from '~/lib/schedules/read';
import { orNotFound, requireOperator } from '~/lib/session';
import { utilisationOf } from '~/lib/terms/utilisation';
import { joined } from '~/lib/text';
import { historyOf } from '~/lib/transfers/history';
import { listActs } from '~/lib/wallets/acts';
import { movingNow } from '~/lib/wallets/former-numbers';
import { portfoliosOf } from '~/lib/wallets/portfolios';
import { getWallet, viewOf } from '~/lib/wallets/wallets';
import { isPaidOut } from '~/lib/withdrawals/paying';
import { listWithdrawals } from '~/lib/withdrawals/read';

/** Once for title and page. The token first: what changes while the page is read is then seen as a change. */
const seen = cache(async (id: string) => {
  const operator = await requireOperator('console:read');
  const live = await followed(`wallet:${id}`);
  return { live, wallet: await orNotFound(getWallet(operator, id)) };
});

export async function generateMetadata({ params }: PageProps<'/wallets/[id]'>) {
  await requireOperator('console:read');
  const { wallet } = await seen((await params).id);
  const name = (await getWalletName())(wallet);
  return { title: wallet.customer ? joined([wallet.customer.name, name]) : name };
}

export default async function WalletPage({ params, searchParams }: PageProps<'/wallets/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const { live, wallet: whole } = await seen(id);
  const address = await searchParams;
  const wallet = viewOf(whole, textParam(address, 'asset')) ?? notFound();
  const { asset } = wallet;
  const { look, ...read } = readLookBack(address, operator.timeZone, MOVEMENT_PARAMS);
  const [
    t,
    then,
    compared,
    holds,
    byHand,
    adjustments,
    notes,
    limits,
    planned,
    timeline,
    acts,
    portfolios,
    asked,
    moving,
  ] = await Promise.all([
    getTranslations('wallets'),
    look.at && walletBalancesAt(id, asset, look.at),
    look.compared && walletBalancesAt(id, asset, look.compared),
    listWithdrawals(operator, { walletId: id, asset: [asset], status: [...IN_FLIGHT] }),
    listHolds(operator, { walletId: id, asset: [asset], state: ['active'] }),
    listAdjustments(operator, { walletId: id, asset: [asset], status: ['awaiting_approval'] }),
    listNotes(operator, 'wallet', id),
    utilisationOf([id]),
    plannedOf(id, asset),
    // What was revealed of its customer is told on the customer's page.
    historyOf(operator, { person: wallet.person, told: null }, 'wallet', id),
    listActs(operator, 'wallet', id),
    portfoliosOf(whole.customerId),
    waitingAbout(operator, 'wallet', id),
    movingNow(id, asset),
  ]);
  return (
    <>
      <WalletHeader
        wallet={wallet}
        operator={operator}
        testMode={fintocMode() === 'test'}
        portfolios={portfolios}
        timeline={timeline}
      />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      <AssetChoice wallet={wallet} />
      {wallet.state === 'opening' && wallet.status !== 'closed' ? (
        <OpeningProgress wallet={wallet} mayRetry={can(operator.role, 'wallets:provision')} />
      ) : null}
      {wallet.status === 'open' && wallet.accountId && !isPaidOut(wallet) ? (
        <NotPaidOut asset={asset} paidOut={payoutAssets()} />
      ) : null}
      {moving ? <MovingNotice walletId={id} asset={asset} /> : null}
      <Debt wallet={wallet} />
      <LookBackBar look={look} read={read} />
      <WalletBalances wallet={wallet} look={look} then={then} compared={compared} />
      {planned ? <Planned walletId={id} asset={asset} planned={planned} /> : null}
      <WaitingAdjustments wallet={wallet} adjustments={adjustments.items} />
      <HandHolds walletId={id} holds={byHand.items} />
      <Holds
        wallet={wallet}
        withdrawals={holds.items}
        adjusting={
          sumOf(adjustments.items.filter(({ fromWalletId, holdId }) => fromWalletId === id && !holdId)) +
          byHand.items.reduce((sum, { left, askedAmount }) => sum + left + askedAmount, 0n)
        }
        complete={holds.nextCursor === null && adjustments.nextCursor === null}
      />
      <Tabs defaultValue="movements">
        <TabsList aria-label={t('tabs.label')}>
          <TabsTrigger value="movements">{t('tabs.movements')}</TabsTrigger>
          <TabsTrigger value="details">{t('tabs.details')}</TabsTrigger>
          <TabsTrigger value="notes">
            {t('tabs.notes')}
            {notes.length > 0 ? (
              <span className="text-muted-foreground tabular-nums">{notes.length}</span>
            ) : null}
          </TabsTrigger>
          <TabsTrigger value="history">{t('tabs.history')}</TabsTrigger>
        </TabsList>
        <TabsContent value="movements">
          <WalletMovements wallet={wallet} params={address} operator={operator} />
        </TabsContent>
        <TabsContent value="details" className="grid items-start gap-x-8 lg:grid-cols-2">
          <FintocFacts wallet={wallet} />
          <div>
            <Utilisation limits={limits.filter((each) => each.asset === asset)} />
            <TermsSummary wallet={wallet} mayChange={can(operator.role, 'settings:write')} />
          </div>
        </TabsContent>
        <TabsContent value="notes" className="max-w-2xl">
          <Notes
            notes={notes}
            subjectId={id}
            action={can(operator.role, 'notes:write') ? addWalletNoteAction : undefined}
          />
        </TabsContent>
        <TabsContent value="history" className="max-w-2xl">
          <Section title={t('lifecycle.title')}>
            <LifecycleActs acts={acts} />
          </Section>
          <Section title={t('tabs.history')}>
            <History items={timeline} />
          </Section>
        </TabsContent>
      </Tabs>
      <Live {...live} />
    </>
  );
}
