import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Decisions } from '~/app/(console)/adjustments/[id]/decisions';
import { Facts } from '~/app/(console)/adjustments/[id]/facts';
import { Meaning } from '~/app/(console)/adjustments/[id]/meaning';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { ThumbActs } from '~/components/layout/thumb-acts';
import { Live } from '~/components/live/live';
import { sidesOf, useSideWord } from '~/components/money/adjustment-side';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { PeopleNeeded } from '~/components/record/people-needed';
import { StatusBadge } from '~/components/record/status-badge';
import { type AdjustmentRecord, getAdjustment } from '~/lib/adjustments/read';
import { peopleOn } from '~/lib/approvals/read';
import { adjustmentEffects } from '~/lib/deciding/effects';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('adjustments'))('detail.title') };
}

export default async function AdjustmentPage({ params }: PageProps<'/adjustments/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `adjustment:${id}` as const;
  const live = await followed(topic);
  const [t, adjustment] = await Promise.all([
    getTranslations('adjustments'),
    orNotFound(getAdjustment(operator, id)),
  ]);
  const waits = adjustment.status === 'awaiting_approval';
  const [effects, people] = waits
    ? await Promise.all([adjustmentEffects([id]), peopleOn('adjustment.post', id)])
    : [null, null];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/adjustments' }]}
        title={
          <>
            <span className="sr-only">{t('detail.title')} </span>
            <Money amount={adjustment.amount} asset={adjustment.asset} size="lg" />
          </>
        }
        here={
          <>
            {t('detail.title')} <Money amount={adjustment.amount} asset={adjustment.asset} />
          </>
        }
        badge={<StatusBadge kind="adjustment" status={adjustment.status} />}
        description={<Between adjustment={adjustment} />}
        actions={
          <ThumbActs>
            <Offers standing={adjustment.status} timeline={adjustment.timeline}>
              <Decisions adjustment={adjustment} operator={operator} effect={effects?.get(id) ?? null} />
            </Offers>
          </ThumbActs>
        }
      />
      <PeopleNeeded people={people} />
      <Meaning adjustment={adjustment} operator={operator} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section title={t('detail.facts')}>
          <Facts adjustment={adjustment} />
        </Section>
        <Section title={t('detail.timeline')}>
          <History items={adjustment.timeline} />
        </Section>
      </div>
      <Live {...live} />
    </>
  );
}

function Between({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.detail');
  const word = useSideWord();
  const { from, to } = sidesOf(adjustment);
  return t('between', { from: word(from), to: word(to) });
}
