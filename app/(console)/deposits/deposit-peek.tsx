import { getTranslations } from 'next-intl/server';
import { Assignment } from '~/app/(console)/deposits/[id]/assignment';
import { DepositFacts } from '~/app/(console)/deposits/[id]/deposit-facts';
import { ReturnToSender } from '~/app/(console)/deposits/[id]/return-to-sender';
import { Standing } from '~/app/(console)/deposits/[id]/standing';
import { wholeDeposit } from '~/app/(console)/deposits/[id]/whole';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Offers } from '~/components/form/offers';
import { PeekFrame, PeekGone, PeekSection } from '~/components/list/peek/peek-frame';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import { type Operator, orNone } from '~/lib/session';

/** One deposit beside the list: whose it may be, and the way back to its sender. */
export async function DepositPeek({ id, operator }: { id: string; operator: Operator }) {
  const [t, whole] = await Promise.all([getTranslations('deposits'), orNone(wholeDeposit(operator, id))]);
  if (!whole) return <PeekGone />;
  const { transfer, cover, waits, standing, resolves } = whole;
  const { amount, asset, direction, counterpartyName, state, sight, timeline } = transfer;
  return (
    <PeekFrame
      title={<Money amount={amount} asset={asset} size="lg" />}
      badge={
        waits ? <StatusBadge kind="suspense" status="open" /> : <StatusBadge kind="transfer" status={state} />
      }
      description={
        counterpartyName
          ? t(direction === 'inbound' ? 'detail.from' : 'detail.to', { name: counterpartyName })
          : undefined
      }
      page={to(`/deposits/${id}`)}
      acts={
        <Offers standing={standing} timeline={timeline}>
          {resolves ? <ReturnToSender transfer={transfer} cover={cover} /> : null}
        </Offers>
      }
    >
      <Standing whole={whole} operator={operator} />
      <Offers standing={standing} timeline={timeline}>
        {waits && resolves ? <Assignment transfer={transfer} read={null} /> : null}
      </Offers>
      <PeekSection title={t('detail.facts')}>
        <DepositFacts transfer={transfer} />
        <Reveal sight={sight} name={counterpartyName} />
      </PeekSection>
      {timeline.length > 0 ? (
        <PeekSection title={t('detail.timeline')}>
          <History items={timeline} />
        </PeekSection>
      ) : null}
    </PeekFrame>
  );
}
