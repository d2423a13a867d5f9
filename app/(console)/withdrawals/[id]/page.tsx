import { getTranslations } from 'next-intl/server';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Decisions } from '~/app/(console)/withdrawals/[id]/decisions';
import { EndByHand } from '~/app/(console)/withdrawals/[id]/end-by-hand';
import { Facts } from '~/app/(console)/withdrawals/[id]/facts';
import { Search } from '~/app/(console)/withdrawals/[id]/search';
import { Standing } from '~/app/(console)/withdrawals/[id]/standing';
import { wholeWithdrawal } from '~/app/(console)/withdrawals/[id]/whole';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { ThumbActs } from '~/components/layout/thumb-acts';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { maskedHint } from '~/components/record/masked-hint';
import { OpenCase } from '~/components/record/open-case';
import { StatusBadge } from '~/components/record/status-badge';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('detail.title') };
}

export default async function WithdrawalPage({ params }: PageProps<'/withdrawals/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `withdrawal:${id}` as const;
  const live = await followed(topic);
  const [t, reveals, whole] = await Promise.all([
    getTranslations('withdrawals'),
    getTranslations('reveals'),
    orNotFound(wholeWithdrawal(operator, id)),
  ]);
  const { withdrawal, signed } = whole;
  const { amount, asset, status, beneficiaryName, sight, timeline } = withdrawal;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/withdrawals' }]}
        title={
          <>
            <span className="sr-only">{t('detail.title')} </span>
            <Money amount={amount} asset={asset} size="lg" />
          </>
        }
        here={
          <>
            {t('detail.title')} <Money amount={amount} asset={asset} />
          </>
        }
        badge={<StatusBadge kind="withdrawal" status={status} />}
        description={beneficiaryName ? t('detail.to', { name: beneficiaryName }) : t('detail.toUnnamed')}
        actions={
          <>
            <OpenCase subject="withdrawal" id={id} role={operator.role} />
            <ThumbActs>
              <Offers standing={status} timeline={timeline}>
                <Decisions withdrawal={withdrawal} operator={operator} signed={signed} />
              </Offers>
            </ThumbActs>
          </>
        }
      />
      <Standing whole={whole} operator={operator} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <EndByHand withdrawal={withdrawal} operator={operator} />
          <Search withdrawal={withdrawal} />
          <Section
            title={t('detail.facts')}
            description={maskedHint(reveals, sight)}
            actions={<Reveal sight={sight} name={beneficiaryName} />}
          >
            <Facts withdrawal={withdrawal} />
          </Section>
        </div>
        <Section title={t('detail.timeline')}>
          <History items={timeline} />
        </Section>
      </div>
      <Live {...live} />
    </>
  );
}
