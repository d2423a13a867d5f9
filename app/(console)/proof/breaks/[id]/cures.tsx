import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { acceptBreakAction, recoverBreakAction } from '~/app/(console)/proof/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { toDecimal } from '~/lib/money';
import type { BreakRecord } from '~/lib/proof/breaks-read';
import { can, type Role } from '~/lib/roles';

type CuresProps = { broken: BreakRecord; operator: { id: string; role: Role } };

/** What makes both sides equal again: the cure that is advised, and the others that are possible. */
export function Cures({ broken, operator }: CuresProps) {
  const t = useTranslations('proof');
  const { id, state, cure, eventId, transferId, kind, adjustments, asset } = broken;
  if (state === 'cured' || state === 'accepted') return null;
  const adjustment = adjustmentHref(broken);
  const may = can(operator.role, 'proof:recover');
  return (
    <Section title={t('break.what')}>
      <p className="text-sm">{t(kind === 'order' ? 'cures.accept' : `cures.${cure}`)}</p>
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {eventId ? (
          <Button asChild variant={cure === 'replay' ? 'primary' : 'secondary'}>
            <Link href={`/inbox/${encodeURIComponent(eventId)}`}>{t('break.replay')}</Link>
          </Button>
        ) : null}
        {may && kind === 'missing_here' && transferId ? (
          <ConfirmDialog
            act="recover_break"
            action={recoverBreakAction}
            hidden={{ breakId: id }}
            trigger={t('break.recover')}
            triggerVariant={cure === 'recover' ? 'primary' : 'secondary'}
            title={t('break.recoverTitle')}
            consequence={t('break.recoverText')}
            confirm={t('break.recover')}
            success={t('break.recovered')}
          />
        ) : null}
        {kind === 'order' ? <Accept broken={broken} operator={operator} /> : null}
        {adjustment && can(operator.role, 'adjustments:request') ? (
          <Button asChild variant={cure === 'adjust' ? 'primary' : 'secondary'}>
            <Link href={adjustment}>{t('break.adjust')}</Link>
          </Button>
        ) : null}
      </div>
      {adjustments.length > 0 ? (
        <ul aria-label={t('break.adjustments')} className="mt-4 grid gap-2 border-t pt-3 text-sm">
          {adjustments.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center gap-2">
              <Link
                href={`/adjustments/${each.id}`}
                className="rounded-sm text-link hover:underline max-sm:py-2"
              >
                {t.rich('break.adjustment', { amount: () => <Money amount={each.amount} asset={asset} /> })}
              </Link>
              <StatusBadge kind="adjustment" status={each.status} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

/** Ends a break that is Fintoc's own numbering: two different people, each with a reason. */
function Accept({ broken: { id, acceptances }, operator }: CuresProps) {
  const t = useTranslations('proof.break');
  const [first] = acceptances;
  if (!can(operator.role, 'proof:release') || first?.operatorId === operator.id) return null;
  return (
    <ConfirmDialog
      act="accept_break"
      action={acceptBreakAction}
      hidden={{ breakId: id }}
      trigger={t('accept')}
      title={t('acceptTitle')}
      consequence={first ? t('acceptSecond', { name: first.operatorName }) : t('acceptFirst')}
      confirm={t('accept')}
      reason="required"
      danger
      success={t('releaseDone')}
    />
  );
}

/** What an adjustment can make equal: where both sides have another view of the cash itself. */
const ADJUSTABLE: ReadonlySet<string> = new Set(['missing_here', 'missing_there', 'amount_differs']);

/** Against the account's cash, from the wallet that it is about or else the platform's own; or from wallet to wallet. */
function adjustmentHref(broken: BreakRecord): Route | null {
  const { id, kind, asset, difference, accountId, actual, credited, owner, transfer, operating } = broken;
  if (kind === 'wrong_wallet') {
    if (!credited || !owner) return null;
    const query = {
      wallet: credited.id,
      asset,
      other: owner.id,
      direction: 'out',
      amount: toDecimal(actual, asset),
    };
    return to(`/adjustments/new?${new URLSearchParams({ ...query, break: id })}`);
  }
  const wallet = transfer?.wallet ?? operating;
  if (!wallet || !ADJUSTABLE.has(kind)) return null;
  const amount = toDecimal(difference < 0n ? -difference : difference, asset);
  const query = {
    wallet: wallet.id,
    asset,
    account: accountId,
    direction: difference < 0n ? 'out' : 'in',
    amount,
  };
  return to(`/adjustments/new?${new URLSearchParams({ ...query, break: id })}`);
}
