import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { EnableNumber } from '~/app/(console)/account-numbers/[id]/enable-number';
import { Facts, Metadata, WalletFacts } from '~/app/(console)/account-numbers/[id]/facts';
import { QuarantineActions, QuarantineNotice } from '~/app/(console)/account-numbers/[id]/quarantine';
import { RecentTransfers } from '~/app/(console)/account-numbers/[id]/recent-transfers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { Clabe } from '~/components/money/clabe';
import { RawJson } from '~/components/record/raw-json';
import { StatusBadge } from '~/components/record/status-badge';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { waitingAbout } from '~/lib/approvals/read';
import { formatClabe } from '~/lib/clabe';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { getAccountNumberPage } from '~/lib/wallets/account-numbers-read';
import { formerUseOf } from '~/lib/wallets/former-numbers';
import { isDisabledElsewhere } from '~/lib/wallets/number-states';

const NOTED = ['disabled', 'blocked', 'deleted'] as const;

/** Once for title and page. */
const seen = cache(async (id: string) => {
  const operator = await requireOperator('console:read');
  return orNotFound(getAccountNumberPage(operator, id));
});

export async function generateMetadata({ params }: PageProps<'/account-numbers/[id]'>) {
  await requireOperator('console:read');
  return { title: formatClabe((await seen((await params).id)).number) };
}

export default async function AccountNumberPage({ params }: PageProps<'/account-numbers/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const [t, number, asked] = await Promise.all([
    getTranslations('accountNumbers'),
    seen(id),
    waitingAbout(operator, 'account_number', id),
  ]);
  const former = number.wallet ? null : await formerUseOf(id);
  const status = NOTED.find((each) => each === number.status);
  const note = isDisabledElsewhere(number) ? 'disabledElsewhere' : status;
  return (
    <>
      <PageHeader
        title={<Clabe value={number.number} />}
        here={<Clabe value={number.number} copy={false} />}
        breadcrumbs={[{ label: t('title'), href: '/account-numbers' }]}
        actions={
          can(operator.role, 'wallets:freeze') ? (
            <>
              <EnableNumber number={number} />
              <QuarantineActions number={number} isFormer={former?.use === 'former'} />
            </>
          ) : null
        }
        badge={
          <>
            <StatusBadge kind="accountNumber" status={number.status} />
            {number.isRoot ? <Badge tone="info">{t('root')}</Badge> : null}
          </>
        }
      />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      <QuarantineNotice number={number} />
      {note ? (
        <Alert tone={status === 'disabled' ? 'warning' : 'danger'} className="mb-6">
          {t(`statusNotes.${note}`)}
        </Alert>
      ) : null}
      <Section title={t('facts.title')}>
        <Facts number={number} />
      </Section>
      <Section title={t('wallet.title')}>
        <WalletFacts number={number} former={former} />
      </Section>
      <Section title={t('transfers.title')} flush>
        <RecentTransfers transfers={number.transfers} />
      </Section>
      <Section title={t('metadata.title')}>
        <Metadata metadata={number.metadata} />
      </Section>
      <RawJson title={t('raw')} value={number.raw} />
    </>
  );
}
