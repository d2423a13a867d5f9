import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { EntityFacts } from '~/app/(console)/entities/[id]/facts';
import { EntityAccounts, EntityWallets } from '~/app/(console)/entities/[id]/holdings';
import { Kyb } from '~/app/(console)/entities/[id]/kyb';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { History } from '~/components/record/history';
import { maskedHint } from '~/components/record/masked-hint';
import { RawJson } from '~/components/record/raw-json';
import { StatusBadge } from '~/components/record/status-badge';
import { Badge } from '~/components/ui/badge';
import { currentOnboarding, isOver, takesDocuments } from '~/lib/entities/kyb';
import { draftSummary } from '~/lib/entities/kyb-drafts';
import { type EntityRecord, getEntityPage } from '~/lib/entities/read';
import { followed } from '~/lib/live';
import { holderOf } from '~/lib/people/masking';
import { noteSeen, orNotFound, requireOperator } from '~/lib/session';
import { historyOf } from '~/lib/transfers/history';

/** Once for title and page. The token first: what changes while the page is read is then seen as a change. */
const seen = cache(async (id: string) => {
  const operator = await requireOperator('console:read');
  const live = await followed(`entity:${id}`);
  return { live, entity: await orNotFound(getEntityPage(operator, id)) };
});

export async function generateMetadata({ params }: PageProps<'/entities/[id]'>) {
  await requireOperator('console:read');
  return { title: (await seen((await params).id)).entity.holderName };
}

export default async function EntityPage({ params }: PageProps<'/entities/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const { live, entity } = await seen(id);
  const onboarding = currentOnboarding(entity.onboardings);
  const { sight } = entity;
  await noteSeen(entity.customerId, sight);
  const [t, draft, reveals, timeline] = await Promise.all([
    getTranslations('entities'),
    draftSummary(id),
    getTranslations('reveals'),
    // What was revealed of its customer is told on the customer's page.
    historyOf(operator, { person: holderOf(entity), told: { subject: 'entity', id } }, 'entity', id),
  ]);
  // Fintoc's JSON carries tax ids, e-mails and phones.
  const open = sight.seen;
  const kyb = <Kyb entity={entity} onboarding={onboarding} draft={draft} role={operator.role} seen={open} />;
  const waits = waitsForUs(entity, onboarding);
  return (
    <>
      <PageHeader
        title={entity.holderName}
        breadcrumbs={[{ label: t('title'), href: '/entities' }]}
        badge={
          <>
            {entity.status ? <StatusBadge kind="entity" status={entity.status} /> : null}
            {entity.isRoot ? <Badge tone="info">{t('root')}</Badge> : null}
          </>
        }
      />
      {waits ? kyb : null}
      <Section
        title={t('facts.title')}
        description={maskedHint(reveals, sight)}
        actions={<Reveal sight={sight} name={entity.customer?.name ?? entity.holderName} />}
      >
        <EntityFacts entity={entity} />
      </Section>
      {waits ? null : kyb}
      <Section title={t('accounts.title')} flush>
        <EntityAccounts accounts={entity.accounts} />
      </Section>
      <Section title={t('wallets.title')} flush>
        <EntityWallets wallets={entity.wallets} />
      </Section>
      <Section title={t('timeline.title')}>
        {timeline.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('timeline.empty')}</p>
        ) : (
          <History items={timeline} />
        )}
      </Section>
      {open ? <RawJson title={t('raw')} value={entity.raw} /> : null}
      {open && onboarding ? <RawJson title={t('rawOnboarding')} value={onboarding.raw} /> : null}
      <Live {...live} />
    </>
  );
}

/** Its KYB is the next thing to do here, so it stands first. */
function waitsForUs(entity: EntityRecord, onboarding: EntityRecord['onboardings'][number] | null): boolean {
  if (entity.isRoot || (entity.countryCode !== null && entity.countryCode !== 'mx')) return false;
  if (!onboarding) return entity.status !== 'operational';
  return isOver(onboarding.status) || takesDocuments(onboarding);
}
