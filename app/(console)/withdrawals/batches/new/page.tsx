import { getTranslations } from 'next-intl/server';
import { UploadForm } from '~/app/(console)/withdrawals/batches/new/upload-form';
import { DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { textParam } from '~/components/list/search-params';
import { TabLinks } from '~/components/list/tab-links';
import { Button } from '~/components/ui/button';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { enabledAssets } from '~/lib/assets';
import { fieldsOf, networkOf } from '~/lib/batches/columns';
import { destinationsOf, payoutAssets } from '~/lib/rails/registry';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('new.title') };
}

/** Where a file of withdrawals is uploaded. `?wallet=<id>` says who pays, `?asset=` in what. */
export default async function NewBatchPage({ searchParams }: PageProps<'/withdrawals/batches/new'>) {
  const operator = await requireOperator('withdrawals:request');
  const params = await searchParams;
  const walletId = textParam(params, 'wallet');
  const [t, list, enabled, nameOf, wallet] = await Promise.all([
    getTranslations('batches'),
    getTranslations('withdrawals'),
    enabledAssets(),
    getWalletName(),
    walletId ? orNotFound(getWallet(operator, walletId)) : null,
  ]);
  const paid = payoutAssets().filter((code) => enabled.some((each) => each === code));
  const asset = paid.find((code) => code === textParam(params, 'asset')) ?? paid[0] ?? 'MXN';
  const network = networkOf(destinationsOf(asset));
  const here = (code: string) =>
    to(`/withdrawals/batches/new?asset=${code}${wallet ? `&wallet=${wallet.id}` : ''}`);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: list('title'), href: '/withdrawals' },
          { label: t('title'), href: '/withdrawals/batches' },
        ]}
        title={t('new.title')}
        description={t('new.description')}
      />
      {paid.length > 1 ? (
        <TabLinks
          label={t('new.asset')}
          tabs={paid.map((code) => ({ href: here(code), label: code }))}
          current={here(asset)}
        />
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <UploadForm key={asset} asset={asset} paidBy={wallet && { id: wallet.id, name: nameOf(wallet) }} />
        <div>
          <Section
            title={t('new.template')}
            description={t('new.templateHint')}
            actions={
              <>
                <Button asChild>
                  <a href={`/api/batches/template?format=xlsx&asset=${asset}`} download>
                    {t('new.templateXlsx')}
                  </a>
                </Button>
                <Button asChild>
                  <a href={`/api/batches/template?format=csv&asset=${asset}`} download>
                    {t('new.templateCsv')}
                  </a>
                </Button>
              </>
            }
          >
            <h3 className="sr-only">{t('new.columnsTitle')}</h3>
            <DetailList
              items={fieldsOf(network).map((field) => ({
                label: (
                  <span className="font-medium text-foreground">
                    {t(`fields.${field}.name`, { network })}
                  </span>
                ),
                value: t(`fields.${field}.hint`, { network }),
              }))}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
