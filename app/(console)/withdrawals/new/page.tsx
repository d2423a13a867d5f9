import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { RetryNotice, retryOf } from '~/app/(console)/withdrawals/new/retry-notice';
import type { Saved } from '~/app/(console)/withdrawals/new/saved-choice';
import { WalletChoice } from '~/app/(console)/withdrawals/new/wallet-choice';
import { type Retry, WithdrawalForm } from '~/app/(console)/withdrawals/new/withdrawal-form';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { getWalletName } from '~/components/words/get-wallet-name';
import type { OperatorActor } from '~/lib/actor';
import { type BeneficiaryRow, listBeneficiaries } from '~/lib/beneficiaries/read';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { payoutAssets } from '~/lib/rails/registry';
import { orNotFound, requireOperator } from '~/lib/session';
import { NO_FEE, withdrawalFee } from '~/lib/terms/fees';
import { allows } from '~/lib/terms/limits';
import { utilisationOf } from '~/lib/terms/utilisation';
import { pays } from '~/lib/wallets/frozen';
import { getWallet, viewOf, type WalletRecord, type WalletView } from '~/lib/wallets/wallets';
import { approvalRoom } from '~/lib/withdrawals/approval-rule';
import { isPaidOut, payingFacts, railOfWallet } from '~/lib/withdrawals/paying';
import { getWithdrawal } from '~/lib/withdrawals/read';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('new.title') };
}

export default async function NewWithdrawalPage({ searchParams }: PageProps<'/withdrawals/new'>) {
  const operator = await requireOperator('withdrawals:request');
  const params = await searchParams;
  const t = await getTranslations('withdrawals');
  const retryId = textParam(params, 'retry');
  const before = retryId ? await orNotFound(getWithdrawal(operator, retryId)) : null;
  const retry = before && retryOf(before);
  const walletId = before?.walletId ?? textParam(params, 'wallet');
  const whole = walletId ? await orNotFound(getWallet(operator, walletId)) : null;
  const wallet = whole && payingView(whole, before?.asset ?? textParam(params, 'asset'));
  return (
    <>
      <PageHeader
        title={t('new.title')}
        description={wallet ? undefined : t('new.chooseWallet')}
        breadcrumbs={[{ label: t('title'), href: '/withdrawals' }]}
      />
      {before ? <RetryNotice before={before} /> : null}
      {wallet && !(before && !retry) ? <Ready wallet={wallet} reader={operator} retry={retry} /> : null}
      {wallet ? null : <WalletChoice params={params} />}
    </>
  );
}

/** In the asset that is asked for; else in the first that is paid out, where it holds one. */
function payingView(wallet: WalletRecord, asset: string | undefined): WalletView {
  const paid = asset ?? wallet.assets.find(isPaidOut)?.asset;
  return viewOf(wallet, paid) ?? viewOf(wallet) ?? notFound();
}

type ReadyProps = { wallet: WalletView; reader: Reader & OperatorActor; retry: Retry | null };

/** The form, or why there is none. */
async function Ready({ wallet, reader, retry }: ReadyProps) {
  const t = await getTranslations('withdrawals.new');
  const name = (await getWalletName())(wallet);
  const obstacle = obstacleOf(wallet);
  if (obstacle) {
    return (
      <Alert
        tone="warning"
        title={t(`obstacle.${obstacle}`, { asset: wallet.asset })}
        action={
          <Button asChild>
            <Link href={`/wallets/${wallet.id}`}>{t('toWallet')}</Link>
          </Button>
        }
      >
        {name}
        {obstacle === 'currency' ? (
          <p>{t('currencyHint', { asset: wallet.asset, paidOut: payoutAssets().join(', ') })}</p>
        ) : null}
      </Alert>
    );
  }
  const limits = await utilisationOf([wallet.id]);
  const customerId = wallet.customer?.id;
  const paying = payingFacts(wallet);
  const saved = customerId ? (await listBeneficiaries(reader, { customerId })).items : [];
  return (
    <WithdrawalForm
      wallet={{
        id: wallet.id,
        name,
        customer: wallet.customer?.name ?? null,
        asset: wallet.asset,
        available: wallet.balances.available,
        number: wallet.accountNumber?.number ?? null,
        ...paying,
      }}
      terms={{
        // The house pays itself no fee.
        fee: wallet.kind === 'customer' ? withdrawalFee(wallet.terms) : NO_FEE,
        min: wallet.terms.withdrawalMinAmount,
        max: wallet.terms.withdrawalMaxAmount,
        limits: limits.filter(({ asset, direction }) => asset === wallet.asset && direction === 'outbound'),
      }}
      approval={await approvalRoom({ walletId: wallet.id, requestedById: reader.id, asset: wallet.asset })}
      saved={saved
        .filter(({ destinationKind }) => paying.destinations.includes(destinationKind))
        .map(savedOf)}
      retry={retry ?? undefined}
    />
  );
}

function savedOf({ id, name, taxId, destination, verification, ...rest }: BeneficiaryRow): Saved {
  const { bank, isFirst, isBlocked } = rest;
  const { score = null, verdict = null, holderName = null } = verification ?? {};
  return {
    ...{ id, name, bank, isFirst, isBlocked },
    taxId: taxId ? textOf(taxId) : '',
    destination: textOf(destination),
    told: score === null || verdict === null ? null : { holderName, score, verdict },
  };
}

/** What `requestWithdrawal` would refuse anyway, said before anybody fills in a form. */
function obstacleOf(wallet: WalletView) {
  if (wallet.kind === 'general') return 'general';
  if (!(wallet.asset in railOfWallet(wallet).facts().payouts)) return 'currency';
  if (wallet.status !== 'open' && !pays(wallet)) return wallet.status;
  if (wallet.state === 'opening') return 'opening';
  if (!wallet.accountId) return wallet.kind === 'house' ? 'house' : 'opening';
  return allows(wallet.terms, 'outbound', wallet.rail) ? null : 'disabled';
}
