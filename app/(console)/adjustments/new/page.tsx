import { notFound } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { AdjustmentForm } from '~/app/(console)/adjustments/new/adjustment-form';
import type { FormSide } from '~/app/(console)/adjustments/new/adjustment-summary';
import { OtherSideChoice, WalletChoice } from '~/app/(console)/adjustments/new/choices';
import { PageHeader } from '~/components/layout/page-header';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { TabLinks } from '~/components/list/tab-links';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useAccountWord } from '~/components/words/account-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import { type CorrectedAccount, getCorrectedAccount } from '~/lib/adjustments/read';
import { isBooksOnly } from '~/lib/money';
import { orNotFound, requireOperator } from '~/lib/session';
import { pays, takes } from '~/lib/wallets/frozen';
import { getWallet, viewOf, type WalletView } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('adjustments'))('new.title') };
}

/** First the wallet, then its other side, then how much and why; each step is an address, so a page can link to any. */
export default async function NewAdjustmentPage({ searchParams }: PageProps<'/adjustments/new'>) {
  const operator = await requireOperator('adjustments:request');
  const params = await searchParams;
  const t = await getTranslations('adjustments');
  const [walletId, otherId, accountId] = ['wallet', 'other', 'account'].map((name) =>
    textParam(params, name),
  );
  const [whole, otherWhole, account] = await Promise.all([
    walletId ? orNotFound(getWallet(operator, walletId)) : null,
    otherId ? orNotFound(getWallet(operator, otherId)) : null,
    accountId ? orNotFound(getCorrectedAccount(operator, accountId)) : null,
  ]);
  const wallet = whole && (viewOf(whole, textParam(params, 'asset') ?? account?.asset) ?? notFound());
  const other = wallet && otherWhole && (viewOf(otherWhole, wallet.asset) ?? viewOf(otherWhole));
  const ready = wallet && (other || account);
  return (
    <>
      <PageHeader
        title={t('new.title')}
        description={ready ? undefined : <Question wallet={wallet} />}
        breadcrumbs={[{ label: t('title'), href: '/adjustments' }]}
      />
      {wallet ? <AssetTabs wallet={wallet} other={other} /> : null}
      {wallet ? (
        <Ready wallet={wallet} other={other} account={account} params={params} />
      ) : (
        <WalletChoice params={params} />
      )}
    </>
  );
}

/** In which asset, where there is a choice: what both sides hold, once both are chosen. */
function AssetTabs({ wallet, other }: { wallet: WalletView; other: WalletView | null }) {
  const t = useTranslations('adjustments.new');
  const shared = wallet.assets.filter(
    ({ asset }) => !other || other.assets.some((held) => held.asset === asset),
  );
  if (shared.length < 2) return null;
  const href = (asset: string) =>
    to(`/adjustments/new?wallet=${wallet.id}&asset=${asset}${other ? `&other=${other.id}` : ''}`);
  return (
    <TabLinks
      label={t('asset')}
      current={href(wallet.asset)}
      tabs={shared.map(({ asset }) => ({ href: href(asset), label: asset }))}
    />
  );
}

function Question({ wallet }: { wallet: WalletView | null }) {
  const t = useTranslations('adjustments.new');
  const nameOf = useWalletName();
  return wallet ? t('chooseOther', { wallet: nameOf(wallet) }) : t('chooseWallet');
}

type ReadyProps = {
  wallet: WalletView;
  other: WalletView | null;
  account: CorrectedAccount | null;
  params: SearchParams;
};

/** The form, the choice that it lacks, or why there is none. */
function Ready({ wallet, other, account, params }: ReadyProps) {
  const t = useTranslations('adjustments');
  const nameOf = useWalletName();
  const accountWord = useAccountWord();
  const shut = [wallet, other].find(
    (side) => side && (!(pays(side) || takes(side)) || side.state === 'opening'),
  );
  if (shut)
    return <Obstacle wallet={shut} title={t('new.notOpen', { wallet: nameOf(shut) })} hint="notOpenHint" />;
  if (!other && !account) return <OtherSideChoice wallet={wallet} params={params} />;
  const side = (of: WalletView): FormSide => ({
    id: of.id,
    name: nameOf(of),
    whose: of.customer?.name ?? t('house'),
    balance: of.balances.available,
    // Its account is an asset: what it gives it then has more of.
    mirrored: of.houseRole === 'settlement',
    bottomless: of.kind === 'house',
    // What stands in these books alone it has by our word.
    needsFunds: of.kind === 'house' && !isBooksOnly(of.asset),
  });
  const otherSide = other
    ? side(other)
    : account && {
        id: account.id,
        name: t('cash'),
        whose: accountWord(account),
        balance: account.cash,
        // Money that leaves the wallet through the account leaves the account as well.
        mirrored: true,
        bottomless: true,
        needsFunds: false,
      };
  const asset = (other ?? account)?.asset;
  if (!otherSide || asset !== wallet.asset || other?.id === wallet.id)
    return (
      <Obstacle
        wallet={wallet}
        title={t('new.otherAsset', { other: otherSide?.name ?? '' })}
        hint="otherAssetHint"
      />
    );
  return (
    <AdjustmentForm
      wallet={side(wallet)}
      other={otherSide}
      asset={wallet.asset}
      against={account ? 'account' : 'wallet'}
      apart={
        wallet.kind !== 'house' &&
        other !== null &&
        other.kind !== 'house' &&
        other.accountId !== wallet.accountId
      }
      direction={textParam(params, 'direction') === 'in' ? 'in' : 'out'}
      amount={textParam(params, 'amount') ?? ''}
      breakId={textParam(params, 'break')}
    />
  );
}

type ObstacleProps = { wallet: WalletView; title: string; hint: 'notOpenHint' | 'otherAssetHint' };

function Obstacle({ wallet, title, hint }: ObstacleProps) {
  const t = useTranslations('adjustments.new');
  return (
    <Alert
      tone="warning"
      title={title}
      action={
        <Button asChild>
          <Link href={`/wallets/${wallet.id}`}>{t('toWallet')}</Link>
        </Button>
      }
    >
      {t(hint)}
    </Alert>
  );
}
