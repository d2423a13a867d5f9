import { getTranslations } from 'next-intl/server';
import { BreakFacts } from '~/app/(console)/proof/breaks/[id]/break-facts';
import { BreakNotice } from '~/app/(console)/proof/breaks/[id]/break-notice';
import { Cures } from '~/app/(console)/proof/breaks/[id]/cures';
import { Explain } from '~/app/(console)/proof/breaks/[id]/explain';
import { PayoutFacts } from '~/app/(console)/proof/breaks/[id]/payout-facts';
import { Release } from '~/app/(console)/proof/breaks/[id]/release';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { maskedHint } from '~/components/record/masked-hint';
import { OpenCase } from '~/components/record/open-case';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import { getAccountWord } from '~/components/words/get-account-word';
import { followed } from '~/lib/live';
import { type BreakRecord, getBreak } from '~/lib/proof/breaks-read';
import type { PayoutPage } from '~/lib/proof/payout-read';
import { type Operator, orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('proof'))('break.title') };
}

export default async function BreakDetailPage({ params }: PageProps<'/proof/breaks/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const live = await followed('proof');
  const [t, accountWord, broken] = await Promise.all([
    getTranslations('proof'),
    getAccountWord(),
    orNotFound(getBreak(operator, id)),
  ]);
  const { kind, state, account, difference, asset } = broken;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t('title'), href: '/proof' },
          { label: accountWord(account), href: to(`/proof/accounts/${encodeURIComponent(account.id)}`) },
        ]}
        title={
          <>
            {t(`kinds.${kind}`)}: <Money amount={difference} asset={asset} size="lg" />
          </>
        }
        here={t(`kinds.${kind}`)}
        badge={<StatusBadge kind="break" status={state} />}
        description={broken.payout && state === 'cured' ? undefined : t(`means.${kind}`)}
        actions={
          <>
            <OpenCase subject="proof_break" id={id} role={operator.role} />
            <Offers standing={`${state} ${broken.releases.length}`} timeline={broken.timeline}>
              <Release broken={broken} operator={operator} />
            </Offers>
          </>
        }
      />
      <BreakNotice broken={broken} operator={operator} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {broken.payout ? (
            <Payout broken={broken} payout={broken.payout} operator={operator} />
          ) : (
            <>
              <Offers standing={`${state} ${broken.acceptances.length}`} timeline={broken.timeline}>
                <Cures broken={broken} operator={operator} />
              </Offers>
              <Section title={t('break.facts')}>
                <BreakFacts broken={broken} />
              </Section>
            </>
          )}
        </div>
        <Section title={t('break.timeline')}>
          <History items={broken.timeline} />
        </Section>
      </div>
      <Live {...live} />
    </>
  );
}

type PayoutProps = { broken: BreakRecord; payout: PayoutPage; operator: Operator };

/** Money that left without us: what people say it was, and all that is known of it. */
async function Payout({ broken, payout, operator }: PayoutProps) {
  const { sight } = payout;
  const [t, reveals] = await Promise.all([getTranslations('gate.payout'), getTranslations('reveals')]);
  return (
    <>
      <Offers
        standing={`${broken.state} ${payout.explanations.map(({ id }) => id)}`}
        timeline={broken.timeline}
      >
        <Explain broken={broken} operator={operator} />
      </Offers>
      <Section
        title={t('title')}
        description={maskedHint(reveals, sight)}
        actions={<Reveal sight={sight} name={payout.transfer.counterpartyName} />}
      >
        <PayoutFacts broken={broken} payout={payout} />
      </Section>
    </>
  );
}
