import { useTranslations } from 'next-intl';
import type { DecisionResult } from '~/app/(console)/approvals/actions';
import { useDecisionFailure } from '~/app/(console)/approvals/decide/use-failure';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { Marks, PaidBefore } from '~/app/(console)/approvals/list/marks';
import { TakeBack } from '~/app/(console)/approvals/list/take-back';
import { useWhyNot } from '~/app/(console)/approvals/list/use-words';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { useWhyWaits } from '~/components/words/why-waits';

type ToCheckProps = {
  item: WaitingItem;
  failure: DecisionResult | undefined;
  /** False for who only reads: why they don't decide is said once, above the list. */
  decides: boolean;
};

/** What a decision hangs on: what is unusual, why it was asked for, and why this reader does not decide on it here. */
export function ToCheck({ item, failure, decides }: ToCheckProps) {
  const { kind, id, standing, reason, sentence } = item;
  return (
    <div className="grid min-w-0 gap-1 leading-snug">
      <span className="flex min-w-0 flex-wrap gap-1 empty:hidden">
        <Marks item={item} />
      </span>
      {kind === 'payout' ? <OfPayout payout={item.payout} rules={item.rules} /> : null}
      {reason ? (
        <span className="line-clamp-2 whitespace-normal break-words text-xs" title={reason}>
          {reason}
        </span>
      ) : null}
      {standing === 'own' || decides ? <WhyNot item={item} /> : null}
      {standing === 'own' && kind === 'facts' && !item.onItsPage ? (
        <span className="relative z-10">
          <TakeBack id={id} sentence={sentence} />
        </span>
      ) : null}
      {failure && !failure.ok ? <Failure failure={failure} /> : null}
    </div>
  );
}

type OfPayoutProps = Pick<Extract<WaitingItem, { kind: 'payout' }>, 'payout' | 'rules'>;

function OfPayout({ payout, rules }: OfPayoutProps) {
  const t = useTranslations('approvals');
  const why = useWhyWaits();
  const { approvalReason, comment, paid } = payout;
  return (
    <>
      {paid ? (
        <span className="text-xs">
          <PaidBefore paid={paid} />
        </span>
      ) : null}
      {approvalReason ? (
        <span className="whitespace-normal text-muted-foreground text-xs">{why(approvalReason, rules)}</span>
      ) : null}
      {comment ? (
        <span className="truncate text-muted-foreground text-xs" title={comment}>
          {t('concept', { text: comment })}
        </span>
      ) : null}
    </>
  );
}

function WhyNot({ item }: { item: WaitingItem }) {
  const t = useTranslations('approvals');
  const why = useWhyNot()(item);
  if (why === null) return null;
  if (item.standing === 'own') return <Badge className="justify-self-start">{t('own')}</Badge>;
  return (
    <span className="whitespace-normal text-muted-foreground text-xs">
      {why}{' '}
      {item.standing === 'decides' && item.href ? (
        <Link
          href={item.href}
          tabIndex={-1}
          className="relative z-10 whitespace-nowrap text-link underline underline-offset-2"
        >
          {t('toItsPage')}
        </Link>
      ) : null}
    </span>
  );
}

function Failure({ failure }: { failure: Extract<DecisionResult, { ok: false }> }) {
  const message = useDecisionFailure();
  return <span className="whitespace-normal text-danger text-xs">{message(failure)}</span>;
}
