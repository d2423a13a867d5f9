import { getTranslations } from 'next-intl/server';
import { ChangeAsset } from '~/app/(console)/settings/assets/change-asset';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { Badge } from '~/components/ui/badge';
import { useAssetName } from '~/components/words/asset-words';
import { type AssetRow, listAssets } from '~/lib/assets';
import { MAX_AMOUNT } from '~/lib/money';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.assets'))('title') };
}

/** What wallets may hold, and how much of it one act may move. */
export default async function AssetsPage() {
  const { role } = await requireOperator('settings:read');
  const [t, assets] = await Promise.all([getTranslations('settings.assets'), listAssets()]);
  return (
    <Section title={t('title')} description={t('description')} flush>
      <DataTable
        label={t('title')}
        rows={assets}
        rowKey={({ code }) => code}
        columns={[
          { key: 'asset', header: t('columns.asset'), cell: ({ code }) => <Name code={code} /> },
          {
            key: 'kind',
            header: t('columns.kind'),
            hideBelow: 'md',
            cell: ({ kind }) => t(`kinds.${kind as 'fiat'}`),
          },
          {
            key: 'network',
            header: t('columns.network'),
            hideBelow: 'md',
            cell: ({ network }) => t(`networks.${network as 'spei'}`),
          },
          {
            key: 'exponent',
            header: t('columns.exponent'),
            align: 'end',
            hideBelow: 'lg',
            cell: ({ exponent }) => exponent,
          },
          {
            key: 'enabled',
            header: t('columns.enabled'),
            phone: 'end',
            cell: ({ enabled }) => (
              <Badge tone={enabled ? 'success' : 'neutral'}>{t(enabled ? 'on' : 'off')}</Badge>
            ),
          },
          {
            key: 'max',
            header: t('columns.max'),
            align: 'end',
            cell: ({ code, maxAmount }) =>
              maxAmount === MAX_AMOUNT ? t('noLimit') : <Money amount={maxAmount} asset={code} />,
          },
          ...(can(role, 'settings:write')
            ? [
                {
                  key: 'actions',
                  header: <span className="sr-only">{t('columns.actions')}</span>,
                  className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
                  cell: ({ code, enabled, maxAmount }: AssetRow) => (
                    <ChangeAsset asset={{ code, enabled, maxAmount }} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Name({ code }: { code: string }) {
  return useAssetName()(code);
}
