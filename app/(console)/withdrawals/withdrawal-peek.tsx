import { getTranslations } from 'next-intl/server';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Decisions } from '~/app/(console)/withdrawals/[id]/decisions';
import { EndByHand } from '~/app/(console)/withdrawals/[id]/end-by-hand';
import { Facts } from '~/app/(console)/withdrawals/[id]/facts';
import { Search } from '~/app/(console)/withdrawals/[id]/search';
import { Standing } from '~/app/(console)/withdrawals/[id]/standing';
import { wholeWithdrawal } from '~/app/(console)/withdrawals/[id]/whole';
import { Offers } from '~/components/form/offers';
import { PeekFrame, PeekGone, PeekSection } from '~/components/list/peek/peek-frame';
import { Money } from '~/components/money/money';
import { SignedFacts } from '~/components/money/signed-facts';
import { History } from '~/components/record/history';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import { type Operator, orNone } from '~/lib/session';

/** One withdrawal beside the list: what is signed while it waits, else everything known of it. */
export async function WithdrawalPeek({ id, operator }: { id: string; operator: Operator }) {
  const [t, whole] = await Promise.all([
    getTranslations('withdrawals'),
    orNone(wholeWithdrawal(operator, id)),
  ]);
  if (!whole) return <PeekGone />;
  const { withdrawal, signed } = whole;
  const { amount, asset, status, beneficiaryName, sight, timeline } = withdrawal;
  return (
    <PeekFrame
      title={<Money amount={amount} asset={asset} size="lg" />}
      badge={<StatusBadge kind="withdrawal" status={status} />}
      description={beneficiaryName ? t('detail.to', { name: beneficiaryName }) : t('detail.toUnnamed')}
      page={to(`/withdrawals/${id}`)}
      acts={
        <Offers standing={status} timeline={timeline}>
          <Decisions withdrawal={withdrawal} operator={operator} signed={signed} />
        </Offers>
      }
    >
      <Standing whole={whole} operator={operator} />
      <EndByHand withdrawal={withdrawal} operator={operator} />
      <Search withdrawal={withdrawal} />
      <PeekSection title={t('detail.facts')}>
        {signed ? <SignedFacts {...signed} now={new Date()} /> : <Facts withdrawal={withdrawal} />}
        <Reveal sight={sight} name={beneficiaryName} />
      </PeekSection>
      <PeekSection title={t('detail.timeline')}>
        <History items={timeline} />
      </PeekSection>
    </PeekFrame>
  );
}
