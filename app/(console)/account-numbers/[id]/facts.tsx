import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { AccountName } from '~/components/money/account-name';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import { clabeBank } from '~/lib/clabe-bank';
import type { AccountNumberRecord } from '~/lib/wallets/account-numbers-read';
import type { FormerUse } from '~/lib/wallets/former-numbers';

type NumberProps = { number: AccountNumberRecord };

/** What Fintoc says of an account number. */
export function Facts({ number }: NumberProps) {
  const t = useTranslations('accountNumbers');
  const { account, mode, lastTransferAt } = number;
  return (
    <DetailList
      columns={2}
      items={[
        { label: t('facts.number'), value: <Clabe value={number.number} /> },
        { label: t('facts.bank'), value: clabeBank(number.number)?.name ?? t('facts.bankUnknown') },
        {
          label: t('facts.account'),
          value: <AccountName account={account} leads />,
        },
        {
          label: t('facts.entity'),
          value: (
            <Link href={`/entities/${account.entity.id}`} className="text-link hover:underline">
              {account.entity.holderName}
            </Link>
          ),
        },
        { label: t('facts.description'), value: number.description ?? '—' },
        {
          label: t('facts.amounts'),
          value: <Amounts min={number.minAmount} max={number.maxAmount} asset={account.asset} />,
        },
        {
          label: t('facts.lastTransfer'),
          value: lastTransferAt ? <Timestamp at={lastTransferAt} /> : t('never'),
        },
        { label: t('facts.created'), value: <Timestamp at={number.createdAt} /> },
        { label: t('facts.synced'), value: <Timestamp at={number.syncedAt} /> },
        { label: t('facts.mode'), value: mode === 'live' || mode === 'test' ? t(`mode.${mode}`) : mode },
        { label: t('facts.id'), value: <Identifier value={number.id} /> },
      ]}
    />
  );
}

function Amounts({ min, max, asset }: { min: bigint | null; max: bigint | null; asset: string }) {
  const t = useTranslations('accountNumbers.facts');
  if (min === null && max === null) return t('anyAmount');
  return (
    <span className="flex flex-wrap gap-x-2">
      {min === null ? null : (
        <span>
          {t('from')} <Money amount={min} asset={asset} />
        </span>
      )}
      {max === null ? null : (
        <span>
          {t('upTo')} <Money amount={max} asset={asset} />
        </span>
      )}
    </span>
  );
}

/** Whose money it is that arrives here. */
export function WalletFacts({ number, former }: NumberProps & { former: FormerUse | null }) {
  const t = useTranslations('accountNumbers.wallet');
  const nameOf = useWalletName();
  const { isRoot } = number;
  const wallet = number.wallet ?? former?.wallet;
  if (!wallet) {
    return <p className="text-muted-foreground text-sm">{t(isRoot ? 'noneRootLinked' : 'none')}</p>;
  }
  const { customer } = wallet;
  return (
    <>
      {former ? <p className="mb-3 text-sm">{t(former.use)}</p> : null}
      <DetailList
        columns={2}
        items={[
          {
            label: t('name'),
            value: (
              <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
                {nameOf(wallet)}
              </Link>
            ),
          },
          { label: t('status'), value: <StatusBadge kind="wallet" status={wallet.status} /> },
          {
            label: t('customer'),
            value: customer ? (
              <Link href={`/customers/${customer.id}`} className="text-link hover:underline">
                {customer.name}
              </Link>
            ) : (
              t('house')
            ),
          },
        ]}
      />
    </>
  );
}

/** Key and value as they stand at Fintoc. */
export function Metadata({ metadata }: { metadata: unknown }) {
  const t = useTranslations('accountNumbers.metadata');
  const pairs = metadata !== null && typeof metadata === 'object' ? Object.entries(metadata) : [];
  if (pairs.length === 0) return <p className="text-muted-foreground text-sm">{t('none')}</p>;
  return (
    <DetailList
      items={pairs.map(([key, value]) => ({
        label: <span className="break-all font-mono">{key}</span>,
        value: <Identifier value={typeof value === 'string' ? value : JSON.stringify(value)} />,
      }))}
    />
  );
}
