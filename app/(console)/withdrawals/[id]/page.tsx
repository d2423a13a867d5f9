import { getLocale, getTranslations } from 'next-intl/server';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { Decisions } from '~/app/(console)/withdrawals/[id]/decisions';
import { EndByHand } from '~/app/(console)/withdrawals/[id]/end-by-hand';
import { Facts } from '~/app/(console)/withdrawals/[id]/facts';
import { Held } from '~/app/(console)/withdrawals/[id]/held';
import { Meaning } from '~/app/(console)/withdrawals/[id]/meaning';
import { Search } from '~/app/(console)/withdrawals/[id]/search';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { signedItem } from '~/components/money/signed-withdrawal';
import { History } from '~/components/record/history';
import { maskedHint } from '~/components/record/masked-hint';
import { OpenCase } from '~/components/record/open-case';
import { PeopleNeeded } from '~/components/record/people-needed';
import { StatusBadge } from '~/components/record/status-badge';
import { heldNow } from '~/components/words/held-words';
import { ruleSentence } from '~/components/words/rule-sentence';
import { peopleOn } from '~/lib/approvals/read';
import { firedOn } from '~/lib/approvals/rules-read';
import { payoutEffects } from '~/lib/approvals-effects';
import { followed } from '~/lib/live';
import { findOpenBreak } from '~/lib/proof/breaks-read';
import { orNotFound, requireOperator } from '~/lib/session';
import { approvalFacts } from '~/lib/withdrawals/approval-facts';
import { getWithdrawal } from '~/lib/withdrawals/read';
import { approvalEnds } from '~/lib/withdrawals/waiting';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('detail.title') };
}

export default async function WithdrawalPage({ params }: PageProps<'/withdrawals/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `withdrawal:${id}` as const;
  const live = await followed(topic);
  const [t, withdrawal] = await Promise.all([
    getTranslations('withdrawals'),
    orNotFound(getWithdrawal(operator, id)),
  ]);
  const { amount, asset, status, beneficiaryName } = withdrawal;
  const held = heldNow(withdrawal);
  const { sight, timeline } = withdrawal;
  const waits = status === 'awaiting_approval';
  const [reveals, rulesWords, locale, broken, facts, rules, effects, people] = await Promise.all([
    getTranslations('reveals'),
    getTranslations('rules'),
    getLocale(),
    held ? findOpenBreak(withdrawal.accountId) : null,
    waits ? approvalFacts(operator, [id]) : null,
    waits ? firedOn('withdrawal.pay', id) : [],
    waits ? payoutEffects([id]) : null,
    waits ? peopleOn('withdrawal.pay', id) : null,
  ]);
  const own = facts?.get(id);
  const signed = own && {
    withdrawal: signedItem({ ...withdrawal, ...own, endsAt: approvalEnds(withdrawal) }),
    rules: rules.map((rule) => ruleSentence(rulesWords, locale, rule)),
    effect: effects?.get(id) ?? null,
  };
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
            <Offers standing={status} timeline={withdrawal.timeline}>
              <Decisions withdrawal={withdrawal} operator={operator} signed={signed ?? null} />
            </Offers>
          </>
        }
      />
      <PeopleNeeded people={people} />
      {held && status === 'queued' ? (
        <Held withdrawal={withdrawal} role={operator.role} breakId={broken?.id ?? null} />
      ) : (
        <Meaning withdrawal={withdrawal} operator={operator} breakId={broken?.id ?? null} />
      )}
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
