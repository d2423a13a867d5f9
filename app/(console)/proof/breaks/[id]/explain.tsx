import { useTranslations } from 'next-intl';
import { explainPayoutAction } from '~/app/(console)/proof/actions';
import { ExplainFields } from '~/app/(console)/proof/breaks/[id]/explain-fields';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { BreakRecord } from '~/lib/proof/breaks-read';
import type { PayoutPage } from '~/lib/proof/payout-read';
import { can, type Role } from '~/lib/roles';
import { EXPLANATIONS, type Explanation } from '~/lib/transfers/unexplained';

type ExplainProps = { broken: BreakRecord; operator: { id: string; role: Role } };
type Word = PayoutPage['explanations'][number];

/** What people said that a payout was, and what this operator can say of it. Two people's same word makes it so. */
export function Explain({ broken: { payout, state }, operator }: ExplainProps) {
  const t = useTranslations('gate.explain');
  if (!payout || (state !== 'open' && state !== 'released')) return null;
  const { transfer, explanations } = payout;
  const may = can(operator.role, 'proof:release');
  const own = explanations.find(({ operatorId }) => operatorId === operator.id);
  const other = explanations.findLast(({ operatorId }) => operatorId !== operator.id);
  return (
    <Section title={t('title')} description={t('hint')}>
      <div className="grid gap-4 text-sm">
        {explanations.map((word) => (
          <Said key={word.id} word={word} />
        ))}
        {own && !other ? <p className="font-medium">{t('own')}</p> : null}
        {may ? null : <p>{t('notYours')}</p>}
        {may && transfer.state !== 'succeeded' ? <p>{t('notFinal')}</p> : null}
        {may && transfer.state === 'succeeded' ? (
          <div className="flex flex-wrap gap-2">
            {other ? <Same word={other} /> : null}
            <SayWhat payout={payout} own={own !== undefined} second={other !== undefined} />
          </div>
        ) : null}
      </div>
    </Section>
  );
}

/** What a word says, the wallet included. */
export function useExplanationWord(): (kind: string, wallet: Word['wallet']) => string {
  const t = useTranslations('gate.explain');
  const nameOf = useWalletName();
  return (kind, wallet) => {
    const word = t(`kinds.${kind as Explanation}.word`);
    return wallet ? t('ofWallet', { kind: word, wallet: nameOf(wallet) }) : word;
  };
}

function Said({ word: { operatorName, kind, wallet, reason, at } }: { word: Word }) {
  const t = useTranslations('gate.explain');
  const wordOf = useExplanationWord();
  return (
    <div className="break-words">
      <p>
        {t.rich('said', { name: operatorName, kind: wordOf(kind, wallet), at: () => <Timestamp at={at} /> })}
      </p>
      <p className="text-muted-foreground">{t('because', { reason })}</p>
    </div>
  );
}

/** The second person's agreement: one press and a reason. */
function Same({ word: { id, transferId, kind, walletId, wallet, operatorName: name } }: { word: Word }) {
  const t = useTranslations('gate.explain');
  const wordOf = useExplanationWord();
  return (
    <ConfirmDialog
      action={explainPayoutAction}
      act={id}
      hidden={{ transferId, kind, ...(walletId && { walletId }) }}
      trigger={t('same')}
      triggerVariant="primary"
      title={t('sameTitle', { name })}
      consequence={t('sameHint', { name, kind: wordOf(kind, wallet) })}
      confirm={t('same')}
      reason="required"
      success={t('done')}
    />
  );
}

function SayWhat({ payout, own, second }: { payout: PayoutPage; own: boolean; second: boolean }) {
  const t = useTranslations('gate.explain');
  const nameOf = useWalletName();
  const { transferId, likely } = payout;
  return (
    <ConfirmDialog
      action={explainPayoutAction}
      act="explain"
      hidden={{ transferId }}
      trigger={t(own ? 'change' : second ? 'other' : 'action')}
      triggerVariant={own || second ? 'secondary' : 'primary'}
      title={t('action')}
      consequence={t('dialogHint')}
      confirm={t('action')}
      reason="required"
      success={t('done')}
    >
      <ExplainFields kinds={EXPLANATIONS} likely={likely ? { id: likely.id, name: nameOf(likely) } : null} />
    </ConfirmDialog>
  );
}
