import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Acts } from '~/app/(console)/holds/[id]/acts';
import { Release } from '~/app/(console)/holds/[id]/release';
import { Offers } from '~/components/form/offers';
import { DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { getHold, type HoldRecord } from '~/lib/holds/read';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('holds'))('detail.title') };
}

export default async function HoldPage({ params }: PageProps<'/holds/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const live = await followed(`hold:${id}`);
  const [t, hold] = await Promise.all([getTranslations('holds'), orNotFound(getHold(operator, id))]);
  const timeline = hold.acts.map(({ at, kind, actorName }) => ({
    at,
    kind: `hold.${kind}`,
    actor: actorName,
  }));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/holds' }]}
        title={
          <>
            <span className="sr-only">{t('detail.title')} </span>
            <Money amount={hold.amount} asset={hold.asset} size="lg" />
          </>
        }
        here={
          <>
            {t('detail.title')} <Money amount={hold.amount} asset={hold.asset} />
          </>
        }
        badge={<StatusBadge kind="hold" status={hold.state} />}
        description={<WalletName wallet={hold.wallet} customer={hold.wallet.customer?.name ?? null} />}
        actions={
          hold.left > 0n ? (
            <Offers standing={`${hold.state} ${hold.left}`} timeline={timeline}>
              {can(operator.role, 'adjustments:request') ? <Capture id={hold.id} /> : null}
              {can(operator.role, 'wallets:freeze') ? <Release hold={hold} /> : null}
            </Offers>
          ) : null
        }
      />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section title={t('detail.facts')}>
          <Facts hold={hold} />
        </Section>
        <Section title={t('detail.timeline')}>
          <Acts hold={hold} />
        </Section>
      </div>
      <Live {...live} />
    </>
  );
}

function Capture({ id }: { id: string }) {
  const t = useTranslations('holds.capture');
  return (
    <Button asChild>
      <Link href={`/holds/${id}/capture`}>
        <ArrowRight aria-hidden />
        {t('action')}
      </Link>
    </Button>
  );
}

function Facts({ hold }: { hold: HoldRecord }) {
  const t = useTranslations('holds.facts');
  const { asset } = hold;
  const amount = (of: bigint) => <Money amount={of} asset={asset} />;
  return (
    <DetailList
      items={[
        {
          label: t('wallet'),
          value: <WalletName wallet={hold.wallet} customer={hold.wallet.customer?.name ?? null} />,
        },
        { label: t('reason'), value: <span className="whitespace-pre-line">{hold.reason}</span> },
        { label: t('left'), value: amount(hold.left) },
        ...(hold.askedAmount > 0n ? [{ label: t('asked'), value: amount(hold.askedAmount) }] : []),
        { label: t('captured'), value: amount(hold.capturedAmount) },
        { label: t('released'), value: amount(hold.releasedAmount) },
        { label: t('placedBy'), value: hold.placedByName },
        { label: t('until'), value: <Timestamp at={hold.expiresAt} /> },
        { label: t('id'), value: <Identifier value={hold.id} /> },
      ]}
    />
  );
}
