import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { findLook } from '~/components/words/status-looks';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { AdjustmentRecord } from '~/lib/adjustments/read';
import { can, type Role } from '~/lib/roles';
import { pays, takes } from '~/lib/wallets/frozen';

type MeaningProps = {
  adjustment: AdjustmentRecord;
  operator: { id: string; role: Role };
};

/** The state in words: where the money is now, why, and who can do something about it. */
export function Meaning({ adjustment, operator }: MeaningProps) {
  const t = useTranslations('adjustments');
  const { status, fromWallet, decided, decision } = adjustment;
  const tone = findLook('adjustment', status)?.tone ?? 'neutral';
  // A house wallet gives without a hold (lib/adjustments/adjustments.ts).
  const held = fromWallet && fromWallet.kind !== 'house' ? 'yes' : 'no';
  return (
    <Alert
      tone={tone}
      className="mb-6"
      title={t(`meaning.${status}`, { name: decided?.operatorName ?? '', held })}
    >
      {decision ? <p>{t('detail.because', { reason: decision })}</p> : null}
      {status === 'awaiting_approval' ? <Approvers adjustment={adjustment} operator={operator} /> : null}
    </Alert>
  );
}

function Approvers({ adjustment, operator }: MeaningProps) {
  const t = useTranslations('adjustments.detail');
  const nameOf = useWalletName();
  const { fromWallet, toWallet, requestedById } = adjustment;
  const shut = (fromWallet && !pays(fromWallet) && fromWallet) || (toWallet && !takes(toWallet) && toWallet);
  if (shut) return <p>{t('blocked', { wallet: nameOf(shut) })}</p>;
  if (requestedById === operator.id) return <p>{t('own')}</p>;
  return can(operator.role, 'adjustments:approve') ? null : <p>{t('notYours')}</p>;
}
