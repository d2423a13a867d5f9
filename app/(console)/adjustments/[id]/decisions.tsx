import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  approveAdjustmentAction,
  cancelAdjustmentAction,
  declineAdjustmentAction,
} from '~/app/(console)/adjustments/actions';
import { sidesOf, useSideWord } from '~/components/adjustment-side';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import type { AdjustmentRecord } from '~/lib/adjustments/read';
import { can, type RoleName } from '~/lib/roles';

type DecisionsProps = { adjustment: AdjustmentRecord; operator: { id: string; role: RoleName } };

/** What this operator can still do about an adjustment. */
export function Decisions({ adjustment, operator }: DecisionsProps) {
  const { status, requestedById, fromWallet, toWallet } = adjustment;
  if (status !== 'awaiting_approval') return null;
  const decides = requestedById !== operator.id && can(operator.role, 'adjustments:approve');
  const open = [fromWallet, toWallet].every((wallet) => !wallet || wallet.status === 'open');
  return (
    <>
      {can(operator.role, 'adjustments:request') ? <Cancel adjustment={adjustment} /> : null}
      {decides ? <Decline adjustment={adjustment} /> : null}
      {decides && open ? <Approve adjustment={adjustment} /> : null}
    </>
  );
}

function Approve({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.approve');
  return (
    <ConfirmDialog
      action={approveAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t('title')}
      consequence={<Consequence adjustment={adjustment}>{t('consequence')}</Consequence>}
      confirm={t('action')}
      success={t('done')}
    />
  );
}

function Decline({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.decline');
  return (
    <ConfirmDialog
      action={declineAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={<Consequence adjustment={adjustment}>{t('consequence')}</Consequence>}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

function Cancel({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.cancel');
  return (
    <ConfirmDialog
      action={cancelAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      triggerVariant="ghost"
      title={t('title')}
      consequence={<Consequence adjustment={adjustment}>{t('consequence')}</Consequence>}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

/** How much, from where to where and why, so that nobody decides on the wrong one. */
function Consequence({ adjustment, children }: { adjustment: AdjustmentRecord; children: ReactNode }) {
  const word = useSideWord();
  const { from, to } = sidesOf(adjustment);
  const t = useTranslations('adjustments.facts');
  const { amount, asset, reason, requestedBy, createdAt } = adjustment;
  return (
    <>
      <p className="text-foreground">
        <Money amount={amount} asset={asset} className="font-semibold" /> · {word(from)} → {word(to)}
      </p>
      <p className="whitespace-pre-line break-words text-foreground">{reason}</p>
      <p className="mb-1.5">
        {t('requestedBy')}: {requestedBy} · <Timestamp at={createdAt} />
      </p>
      <p>{children}</p>
    </>
  );
}
