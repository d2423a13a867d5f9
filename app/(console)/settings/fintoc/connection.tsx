import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import type { AccountRow } from '~/lib/wallets/account-numbers-read';

type ConnectionProps = {
  mode: 'test' | 'live';
  baseUrl: string;
  local: boolean;
  accounts: readonly AccountRow[];
};

/** Which Fintoc this is, whether its money is real, and the account that is ours there. */
export function Connection({ mode, baseUrl, local, accounts }: ConnectionProps) {
  const t = useTranslations('settings.fintoc');
  return (
    <Section title={t('title')} description={t('description')}>
      <DetailList
        items={[
          { label: t('mode'), value: t(`modes.${mode}`) },
          {
            label: t('baseUrl'),
            value: (
              <span className="inline-flex flex-wrap items-center gap-2">
                <span className="break-all font-mono">{baseUrl}</span>
                {local ? <Badge tone="info">{t('local')}</Badge> : null}
              </span>
            ),
          },
          {
            label: t('root'),
            value:
              accounts.length === 0 ? (
                <span className="text-muted-foreground">{t('noRoot')}</span>
              ) : (
                <ul className="grid gap-1.5">
                  {accounts.map(({ id, entity, rootAccountNumber, availableBalance, asset }) => (
                    <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                      <Link href={`/entities/${entity.id}`} className="-my-1 py-1 text-link hover:underline">
                        {entity.holderName}
                      </Link>
                      <Clabe value={rootAccountNumber} />
                      <span className="whitespace-nowrap">
                        <span className="text-muted-foreground">{t('balance')}</span>{' '}
                        {availableBalance === null ? null : <Money amount={availableBalance} asset={asset} />}
                      </span>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Section>
  );
}
