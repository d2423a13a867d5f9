import { getTranslations } from 'next-intl/server';
import { UploadForm } from '~/app/(console)/withdrawals/batches/new/upload-form';
import { DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { textParam } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { getWalletName } from '~/components/words/get-wallet-name';
import { FIELDS } from '~/lib/batches/columns';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('new.title') };
}

/** Where a file of withdrawals is uploaded. `?wallet=<id>` says who pays. */
export default async function NewBatchPage({ searchParams }: PageProps<'/withdrawals/batches/new'>) {
  const operator = await requireOperator('withdrawals:request');
  const walletId = textParam(await searchParams, 'wallet');
  const [t, list, nameOf, wallet] = await Promise.all([
    getTranslations('batches'),
    getTranslations('withdrawals'),
    getWalletName(),
    walletId ? orNotFound(getWallet(operator, walletId)) : null,
  ]);
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
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <UploadForm paidBy={wallet && { id: wallet.id, name: nameOf(wallet) }} />
        <div>
          <Section
            title={t('new.template')}
            description={t('new.templateHint')}
            actions={
              <>
                <Button asChild>
                  <a href="/api/batches/template?format=xlsx" download>
                    {t('new.templateXlsx')}
                  </a>
                </Button>
                <Button asChild>
                  <a href="/api/batches/template?format=csv" download>
                    {t('new.templateCsv')}
                  </a>
                </Button>
              </>
            }
          >
            <h3 className="sr-only">{t('new.columnsTitle')}</h3>
            <DetailList
              items={FIELDS.map((field) => ({
                label: <span className="font-medium text-foreground">{t(`fields.${field}.name`)}</span>,
                value: t(`fields.${field}.hint`),
              }))}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
