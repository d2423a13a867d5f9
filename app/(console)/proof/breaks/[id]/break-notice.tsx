import { useTranslations } from 'next-intl';
import { useExplanationWord } from '~/app/(console)/proof/breaks/[id]/explain';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import type { BreakRecord } from '~/lib/proof/breaks-read';
import { can, type Role } from '~/lib/roles';

type BreakNoticeProps = { broken: BreakRecord; operator: { id: string; role: Role } };

/** What the break means for payouts, and who let them pass. */
export function BreakNotice({ broken, operator }: BreakNoticeProps) {
  const t = useTranslations('proof.break');
  const payouts = useTranslations('gate.payout');
  const { state, waiting, asset, releases, acceptances, curedAt, payout } = broken;
  if (state === 'cured' && payout) return <Explained payout={payout} />;
  if (state === 'cured')
    return (
      <Alert tone="success" title={t('cured')} className="mb-6">
        {curedAt ? t.rich('curedHint', { at: () => <Timestamp at={curedAt} format="seconds" /> }) : null}
      </Alert>
    );
  if (state === 'accepted')
    return (
      <Alert tone="success" title={t('accepted')} className="mb-6">
        <p>{t('acceptedHint')}</p>
        <Acceptances acceptances={acceptances} />
      </Alert>
    );
  if (state === 'released')
    return (
      <Alert tone="warning" title={t('released')} className="mb-6">
        <p>
          {(payout ? payouts : t)('releasedHint', {
            names: releases.map(({ operatorName }) => operatorName).join(', '),
          })}
        </p>
        <Reasons releases={releases} />
        <Acceptances acceptances={acceptances} />
      </Alert>
    );
  const [first] = releases;
  return (
    <Alert tone="danger" title={t('open')} className="mb-6">
      <p>
        {(payout ? payouts : t).rich('openHint', {
          count: waiting.count,
          amount: () => (
            <Link href="/withdrawals/in-flight" className="rounded-sm font-medium hover:underline">
              <Money amount={waiting.amount} asset={asset} />
            </Link>
          ),
        })}
      </p>
      {first ? <p className="mt-1 font-medium">{t('oneOfTwo')}</p> : null}
      <Reasons releases={releases} />
      <Acceptances acceptances={acceptances} />
      {first?.operatorId === operator.id ? <p className="mt-1">{t('own')}</p> : null}
      {can(operator.role, 'proof:release') ? null : <p className="mt-1">{t('notYours')}</p>}
    </Alert>
  );
}

/** What it was in the end, or that its money is where it was. */
function Explained({ payout }: { payout: NonNullable<BreakRecord['payout']> }) {
  const t = useTranslations('gate.payout');
  const wordOf = useExplanationWord();
  const { explainedAs, explanations, transfer } = payout;
  if (!explainedAs)
    return (
      <Alert tone="success" title={t('undone')} className="mb-6">
        {t('undoneHint')}
      </Alert>
    );
  const said = explanations.filter(
    ({ kind, walletId }) =>
      kind === explainedAs && walletId === (kind === 'wallet' ? transfer.walletId : null),
  );
  const wallet = said[0]?.wallet ?? null;
  return (
    <Alert tone="success" title={t('explained')} className="mb-6">
      <p>{t('explainedAs', { kind: wordOf(explainedAs, wallet) })}</p>
      {said.map(({ id, operatorName, reason }) => (
        <p key={id} className="mt-1 break-words">
          {operatorName}: {reason}
        </p>
      ))}
    </Alert>
  );
}

function Acceptances({ acceptances }: Pick<BreakRecord, 'acceptances'>) {
  const t = useTranslations('proof.break');
  return (
    <>
      {acceptances.length === 1 ? <p className="mt-1 font-medium">{t('oneAccepted')}</p> : null}
      {acceptances.map(({ id, operatorName, reason }) => (
        <p key={id} className="mt-1 break-words">
          {t('acceptedBy', { name: operatorName, reason })}
        </p>
      ))}
    </>
  );
}

function Reasons({ releases }: Pick<BreakRecord, 'releases'>) {
  const t = useTranslations('proof.break');
  return (
    <>
      {releases.map(({ id, operatorName, reason }) => (
        <p key={id} className="mt-1 break-words">
          {t('releasedBy', { name: operatorName, reason })}
        </p>
      ))}
    </>
  );
}
