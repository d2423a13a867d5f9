import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SignedAdjustment, SignedDeposit, WaitingItem } from '~/app/(console)/approvals/items';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { SideName } from '~/components/money/adjustment-side';
import { useEffectFacts } from '~/components/money/effect-facts';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { SignedFacts } from '~/components/money/signed-facts';
import { WalletName } from '~/components/money/wallet-name';
import { Timestamp } from '~/components/record/timestamp';
import { useWalletName } from '~/components/words/wallet-name-words';

/** All that one decision is about, whole. */
export function Signed({ item, now }: { item: WaitingItem; now: Date }) {
  if (item.kind === 'payout')
    return <SignedFacts withdrawal={item.payout} now={now} rules={item.rules} effect={item.effect} />;
  return <Facts item={item} now={now} />;
}

function Facts({ item, now }: { item: Exclude<WaitingItem, { kind: 'payout' }>; now: Date }) {
  const t = useTranslations('approvals.facts');
  const formatter = useFormatter();
  const ago = (at: Date) => formatter.relativeTime(at, now);
  const adjusted = useAdjusted();
  const deposited = useDeposited();
  const effects = useEffectFacts(now);
  const { money, reason, rules, askedBy, askedAt, endsAt } = item;
  const facts: (Detail | null)[] = [
    money
      ? { label: t('amount'), value: <Money amount={money.amount} asset={money.asset} size="lg" /> }
      : { label: t('what'), value: <span className="font-medium">{item.sentence}</span> },
    ...(item.kind === 'adjustment' ? adjusted(item.adjustment) : []),
    ...(item.kind === 'deposit' && money ? deposited(item.deposit, money.asset) : []),
    ...(item.kind === 'adjustment' && item.effect && money
      ? effects.adjustment(item.effect, money.asset)
      : []),
    ...(item.kind === 'deposit' && item.effect && money ? effects.deposit(item.effect, money.asset) : []),
    ...(item.kind === 'facts' && item.effect ? effects.act(item.effect) : []),
    reason ? { label: t('reason'), value: <span className="whitespace-pre-line">{reason}</span> } : null,
    rules.length > 0 ? { label: t('why'), value: rules.join(' ') } : null,
    {
      label: t('requested'),
      value: (
        <>
          {askedBy} · <Timestamp at={askedAt} /> ({ago(askedAt)})
        </>
      ),
    },
    endsAt
      ? {
          label: t('expires'),
          value: (
            <>
              <Timestamp at={endsAt} /> ({ago(endsAt)}).{' '}
              {t(holdsMoney(item) ? 'expiresFact' : 'expiresUndone')}
            </>
          ),
        }
      : null,
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

/** Whether something of a wallet is set aside while it waits. */
function holdsMoney(item: WaitingItem): boolean {
  return item.kind === 'adjustment' || (item.kind === 'deposit' && item.deposit.request === 'return');
}

function useAdjusted(): (adjustment: SignedAdjustment) => Detail[] {
  const t = useTranslations('approvals.facts');
  const marks = useTranslations('approvals.marks');
  const nameOf = useWalletName();
  return ({ from, to, shut }) => [
    { label: t('wallet'), value: <SideName side={from} /> },
    { label: t('to'), value: <SideName side={to} /> },
    ...(shut
      ? [{ label: t('check'), value: <Danger>{marks('shut', { wallet: nameOf(shut) })}</Danger> }]
      : []),
  ];
}

function useDeposited(): (deposit: SignedDeposit, asset: string) => Detail[] {
  const t = useTranslations('approvals.facts');
  return ({ request, wallet, counterparty, isPayout, loss, notOpen, otherAccount }, asset) => {
    const { name, number, bank } = counterparty;
    const sides: Detail[] = [
      {
        label: t(request === 'return' ? 'wallet' : 'to'),
        value: <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />,
      },
      { label: t(request === 'return' ? 'backTo' : isPayout ? 'paidTo' : 'sender'), value: name ?? '—' },
      ...(number
        ? [{ label: t('clabe'), value: <ProtectedClabe value={number} copy={false} className="text-base" /> }]
        : []),
      ...(bank ? [{ label: t('bank'), value: bank }] : []),
    ];
    return [
      ...sides,
      ...(loss > 0n
        ? [
            {
              label: t('loss'),
              value: (
                <Danger>
                  <Money amount={loss} asset={asset} />
                </Danger>
              ),
            },
          ]
        : []),
      ...(notOpen ? [{ label: t('check'), value: <Danger>{t('notOpen')}</Danger> }] : []),
      ...(otherAccount ? [{ label: t('check'), value: t('otherAccount') }] : []),
    ];
  };
}

function Danger({ children }: { children: ReactNode }) {
  return <span className="font-medium text-danger">{children}</span>;
}
