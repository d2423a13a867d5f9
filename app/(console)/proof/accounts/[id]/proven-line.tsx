import { useTranslations } from 'next-intl';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import type { AccountProof } from '~/lib/proof/read';

/** "Proven up to mov_x of 12:04:05, 3 movements, difference 0": the whole proof in one sentence. */
export function ProvenLine({ account }: { account: AccountProof }) {
  const t = useTranslations('proof.account');
  const { provenMovementId, provenMovementAt, provenCount, difference, asset } = account;
  if (!provenMovementId || !provenMovementAt) return <>{t('neverLine')}</>;
  return (
    <>
      {t.rich('provenLine', {
        movement: () => (
          <span className="break-all font-mono text-[0.92em] tracking-tight">{provenMovementId}</span>
        ),
        at: () => <Timestamp at={provenMovementAt} format="seconds" />,
        count: Number(provenCount),
        difference: () => <Money amount={difference} asset={asset} size="md" />,
      })}
    </>
  );
}
