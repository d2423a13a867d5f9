import { useTranslations } from 'next-intl';
import { isChoosable } from '~/app/(console)/approvals/choosable';
import { Signed } from '~/app/(console)/approvals/decide/signed';
import type { Choice } from '~/app/(console)/approvals/decide/use-decisions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { nameOfKind } from '~/app/(console)/approvals/list/asked';
import { Marks } from '~/app/(console)/approvals/list/marks';
import type { ShownRow } from '~/app/(console)/approvals/list/use-shown-rows';
import { useGoneWords, useWhyNot } from '~/app/(console)/approvals/list/use-words';
import { PeekFrame } from '~/components/list/peek/peek-frame';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';

export type ApprovalPeekProps = {
  row: ShownRow;
  /** False for who only reads the list. */
  decides: boolean;
  now: Date;
  onAsk: (choice: Choice, item: WaitingItem) => void;
};

/** All that one decision is about, beside the list, and both answers to it. */
export function ApprovalPeek({ row: { item, gone }, decides, now, onAsk }: ApprovalPeekProps) {
  const t = useTranslations('approvals');
  const goneWords = useGoneWords();
  const why = useWhyNot()(item);
  const { money, action, href } = item;
  const kind = t(`kinds.${nameOfKind(action)}`);
  return (
    <PeekFrame
      title={money ? <Money amount={money.amount} asset={money.asset} size="lg" /> : kind}
      description={money ? kind : undefined}
      page={href}
      acts={
        decides && gone === undefined && isChoosable(item) ? (
          <>
            <Button onClick={() => onAsk('decline', item)}>{t('decline.action')}</Button>
            <Button variant="primary" onClick={() => onAsk('approve', item)}>
              {t('approve.action')}
            </Button>
          </>
        ) : null
      }
    >
      <p className="mb-3 text-muted-foreground text-sm empty:hidden">
        {gone === undefined ? (decides || item.standing === 'own' ? why : null) : goneWords(gone)}
      </p>
      <div className="mb-3 flex flex-wrap gap-1 empty:hidden">
        <Marks item={item} />
      </div>
      <div className="mb-5">
        <Signed item={item} now={now} />
      </div>
    </PeekFrame>
  );
}
