import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import { textOf } from '~/lib/people/masking';
import type { TransferRecord } from '~/lib/transfers/read';

type Deposit = TransferRecord['ofKey'][number];

type Line = { label: string; of: (deposit: Deposit) => ReactNode; same: (deposit: Deposit) => unknown };

/** The deposits that share a clave de rastreo, bank and day, side by side; what differs stands out. */
export function SameKey({ transfer }: { transfer: TransferRecord }) {
  const t = useTranslations('deposits.sameKey');
  const lines = useLines();
  if (transfer.ofKey.length === 0) return null;
  const differs = ({ same }: Line) => new Set(transfer.ofKey.map((each) => String(same(each)))).size > 1;
  return (
    <Section title={t('title')} flush>
      <Alert tone="warning" title={t('notice', { count: transfer.ofKey.length })} className="mb-3">
        {t('meaning')}
      </Alert>
      <div className="overflow-x-auto rounded-lg border bg-card">
        <Table aria-label={t('title')}>
          <TableHead>
            <TableRow>
              <TableHeader className="pl-4">
                <span className="sr-only">{t('what')}</span>
              </TableHeader>
              {transfer.ofKey.map(({ id }) => (
                <TableHeader key={id}>
                  {id === transfer.id ? (
                    t('this')
                  ) : (
                    <Link href={`/deposits/${id}`} className="rounded-sm text-link hover:underline">
                      {t('other')}
                    </Link>
                  )}
                </TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={line.label}>
                <TableCell className="pl-4 text-muted-foreground">
                  {line.label}
                  {differs(line) ? <span className="sr-only"> ({t('differs')})</span> : null}
                </TableCell>
                {transfer.ofKey.map((deposit) => (
                  <TableCell key={deposit.id} className={cn(differs(line) && 'font-medium text-warning')}>
                    {line.of(deposit)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Section>
  );
}

function useLines(): Line[] {
  const t = useTranslations('deposits.facts');
  const columns = useTranslations('common.columns');
  const origins = useTranslations('kinds.origin');
  const nameOf = useWalletName();
  const originOf = (origin: string) =>
    origins.has(origin as 'webhook') ? origins(origin as 'webhook') : origin;
  return [
    {
      label: t('amount'),
      of: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
      same: ({ amount }) => amount,
    },
    {
      label: t('transactedAt'),
      of: ({ transactedAt }) => <Timestamp at={transactedAt} format="seconds" />,
      same: ({ transactedAt }) => transactedAt.getTime(),
    },
    {
      label: t('from'),
      of: ({ counterpartyName: name }) => name ?? '—',
      same: (each) => each.counterpartyName,
    },
    {
      label: t('clabe'),
      of: ({ counterpartyNumber: number }) => (number ? <ProtectedClabe value={number} /> : '—'),
      same: ({ counterpartyNumber: number }) => number && textOf(number),
    },
    {
      label: t('bank'),
      of: ({ counterpartyNumber: number, counterpartyBank: bank }) => bankShown(number, bank) ?? '—',
      same: (each) => each.counterpartyBank,
    },
    {
      label: t('wallet'),
      of: ({ wallet }) =>
        wallet ? (
          <Link href={`/wallets/${wallet.id}`} className="rounded-sm text-link hover:underline">
            {nameOf(wallet)}
          </Link>
        ) : (
          '—'
        ),
      same: ({ wallet }) => wallet?.id,
    },
    { label: t('concept'), of: ({ comment }) => comment ?? '—', same: ({ comment }) => comment },
    { label: t('reference'), of: ({ referenceId }) => referenceId ?? '—', same: (each) => each.referenceId },
    {
      label: columns('status'),
      of: ({ state }) => <StatusBadge kind="transfer" status={state} />,
      same: ({ state }) => state,
    },
    { label: t('origin'), of: ({ origin }) => originOf(origin), same: ({ origin }) => origin },
    // Always another: nothing to stand out.
    { label: t('id'), of: ({ id }) => <Identifier value={id} />, same: () => null },
  ];
}
