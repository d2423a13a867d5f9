import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EnableForm } from '~/app/(console)/wallets/[id]/assets/new/enable-form';
import { PageHeader } from '~/components/layout/page-header';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { listEntitiesOf } from '~/lib/entities/links';
import { textOf } from '~/lib/people/masking';
import { orNotFound, requireOperator } from '~/lib/session';
import { isSameTaxId } from '~/lib/tax-id';
import { isDefaultTerms, listTerms } from '~/lib/terms/terms';
import { assetOptions } from '~/lib/wallets/holdings';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('wallets'))('enable.title') };
}

/** One more asset for a wallet that is open. */
export default async function EnableAssetPage({ params }: PageProps<'/wallets/[id]/assets/new'>) {
  const operator = await requireOperator('wallets:provision');
  const { id } = await params;
  const wallet = await orNotFound(getWallet(operator, id));
  if (wallet.status !== 'open') redirect(`/wallets/${id}`);
  const { customer } = wallet;
  const [t, nameOf, options, terms, entities] = await Promise.all([
    getTranslations('wallets'),
    getWalletName(),
    assetOptions(),
    listTerms(),
    customer ? listEntitiesOf(operator, customer.id) : [],
  ]);
  const held = new Set(wallet.assets.map(({ asset }) => asset));
  // What is no customer's stands in these books alone, whatever rail has the asset.
  const assets = options
    .filter(({ code }) => !held.has(code))
    .map((option) => (customer ? option : { ...option, onRails: false }));
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t('enable.title')}
        description={t('enable.description', { held: [...held].join(', ') })}
        breadcrumbs={[
          { label: t('title'), href: '/wallets' },
          { label: nameOf(wallet), href: to(`/wallets/${id}`) },
        ]}
      />
      {assets.length === 0 ? (
        <Alert tone="neutral">{t('enable.none')}</Alert>
      ) : (
        <Card className="p-4 sm:p-6">
          <EnableForm
            walletId={id}
            customer={{ name: customer?.name ?? wallet.name, hasCurp: customer?.taxIdKind === 'curp' }}
            assets={assets}
            terms={terms
              .filter((item) => !isDefaultTerms(item))
              .map(({ id, name, asset }) => ({ id, name, asset }))}
            entities={entities.map(({ id, holderName }) => ({ id, holderName }))}
            canCreateEntity={
              customer?.country === 'mx' &&
              !entities.some(({ holderId }) => isSameTaxId(textOf(holderId), textOf(customer.taxId)))
            }
          />
        </Card>
      )}
    </div>
  );
}
