import { getTranslations } from 'next-intl/server';
import { Debt } from '~/app/(console)/wallets/[id]/debt';
import { OpeningProgress } from '~/app/(console)/wallets/[id]/opening-progress';
import { TermsSummary } from '~/app/(console)/wallets/[id]/terms-summary';
import { WalletActions } from '~/app/(console)/wallets/[id]/wallet-actions';
import { WalletBalances } from '~/app/(console)/wallets/[id]/wallet-balances';
import { WalletNotices } from '~/app/(console)/wallets/[id]/wallet-header';
import { Offers } from '~/components/form/offers';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { readLookBack } from '~/components/list/look-back-params';
import { PeekFrame, PeekGone, PeekSection } from '~/components/list/peek/peek-frame';
import { Utilisation } from '~/components/money/utilisation';
import { History } from '~/components/record/history';
import { StatusBadge } from '~/components/record/status-badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { waitingAbout } from '~/lib/approvals/read';
import { fintocMode } from '~/lib/env';
import { can } from '~/lib/roles';
import { type Operator, orNone } from '~/lib/session';
import { utilisationOf } from '~/lib/terms/utilisation';
import { historyOf } from '~/lib/transfers/history';
import { portfoliosOf } from '~/lib/wallets/portfolios';
import { getWallet, viewOf } from '~/lib/wallets/wallets';

/** One wallet beside the list: what it holds in each asset, what stands in its way, and its acts. */
export async function WalletPeek({ id, operator }: { id: string; operator: Operator }) {
  const whole = await orNone(getWallet(operator, id));
  const wallet = whole && viewOf(whole);
  if (!wallet) return <PeekGone />;
  const { customer, status } = wallet;
  const [t, nameOf, limits, timeline, portfolios, asked] = await Promise.all([
    getTranslations('wallets'),
    getWalletName(),
    utilisationOf([id]),
    // What was revealed of its customer is told on the customer's page.
    historyOf(operator, { person: wallet.person, told: null }, 'wallet', id),
    portfoliosOf(wallet.customerId),
    waitingAbout(operator, 'wallet', id),
  ]);
  const now = readLookBack({}, operator.timeZone, []).look;
  return (
    <PeekFrame
      title={nameOf(wallet)}
      badge={<StatusBadge kind="wallet" status={status} />}
      description={
        customer ? (
          <Link href={`/customers/${customer.id}`} className="rounded-sm text-link hover:underline">
            {customer.name}
          </Link>
        ) : undefined
      }
      page={to(`/wallets/${id}`)}
      acts={
        <Offers standing={status} timeline={timeline}>
          <WalletActions
            wallet={wallet}
            operator={operator}
            testMode={fintocMode() === 'test'}
            portfolios={portfolios}
          />
        </Offers>
      }
    >
      <WalletNotices wallet={wallet} />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      {wallet.assets.map(({ asset }) => {
        const held = viewOf(wallet, asset) ?? wallet;
        return (
          <div key={asset}>
            {held.state === 'opening' && status !== 'closed' ? (
              <OpeningProgress wallet={held} mayRetry={can(operator.role, 'wallets:provision')} />
            ) : null}
            <Debt wallet={held} />
            <WalletBalances wallet={held} look={now} then={undefined} compared={undefined} />
          </div>
        );
      })}
      <Utilisation limits={limits} />
      <TermsSummary wallet={wallet} mayChange={can(operator.role, 'settings:write')} />
      <PeekSection title={t('tabs.history')}>
        <History items={timeline} />
      </PeekSection>
    </PeekFrame>
  );
}
