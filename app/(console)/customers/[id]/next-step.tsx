import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { currentOnboarding, takesDocuments } from '~/lib/entities/kyb';
import type { EntityOfCustomer } from '~/lib/entities/links';
import type { CustomerRecord } from '~/lib/people/customers';

type NextStepProps = {
  customer: CustomerRecord;
  entities: readonly EntityOfCustomer[];
  mayOpen: boolean;
  mayWriteKyb: boolean;
};

/** What comes next for a company on its way to an account in its own name; nothing where nothing waits for us. */
export function NextStep({ customer, entities, mayOpen, mayWriteKyb }: NextStepProps) {
  const t = useTranslations('customers.next');
  const { id, kind, country, _count } = customer;
  if (kind !== 'business' || country !== 'mx') return null;
  const next = nextKyb(entities);
  if (next && mayWriteKyb)
    return (
      <Step
        text={t(next.text)}
        action={t(next.text === 'kyb' ? 'kybAction' : 'kybContinue')}
        href={to(`/entities/${next.entityId}/onboarding`)}
      />
    );
  if (_count.wallets > 0 || entities.length > 0 || !mayOpen) return null;
  return (
    <Step text={t('wallet')} action={t('walletAction')} href={to(`/wallets/new?customer=${id}&next=kyb`)} />
  );
}

function Step({ text, action, href }: { text: string; action: string; href: Route }) {
  const t = useTranslations('customers.next');
  return (
    <Alert
      title={t('title')}
      className="mb-6"
      action={
        <Button asChild variant="primary">
          <Link href={href}>{action}</Link>
        </Button>
      }
    >
      {text}
    </Alert>
  );
}

type Kyb = { entityId: string; text: 'kyb' | 'documents' | 'rejected' };

/** The first entity whose KYB waits for us, and what for. */
function nextKyb(entities: readonly EntityOfCustomer[]): Kyb | null {
  for (const { id: entityId, onboardings, status, countryCode } of entities) {
    const onboarding = currentOnboarding(onboardings);
    if (countryCode !== null && countryCode !== 'mx') continue;
    if (!onboarding && status !== 'operational') return { entityId, text: 'kyb' };
    if (onboarding?.status === 'rejected') return { entityId, text: 'rejected' };
    if (onboarding && takesDocuments(onboarding)) return { entityId, text: 'documents' };
  }
  return null;
}
