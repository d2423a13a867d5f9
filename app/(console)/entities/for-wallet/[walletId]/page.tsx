import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '~/components/layout/page-header';
import { Live } from '~/components/live/live';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Skeleton } from '~/components/ui/skeleton';
import { useReasons } from '~/components/words/reason-words';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('entities.opening'))('title') };
}

/** Between a new wallet and the KYB of its entity: Fintoc makes the entity in a second or two, and then it goes on. */
export default async function EntityOfWalletPage({ params }: PageProps<'/entities/for-wallet/[walletId]'>) {
  const operator = await requireOperator('kyb:write');
  const { walletId } = await params;
  const live = await followed(`wallet:${walletId}`);
  const wallet = await orNotFound(getWallet(operator, walletId));
  const waiting = wallet.assets.find(
    ({ pattern, state, openingStep: step }) =>
      pattern === 'C' && state === 'opening' && (step === 'entity' || step === 'kyb'),
  );
  if (!waiting || wallet.status === 'closed') redirect(`/wallets/${walletId}`);
  const { entityId, openingError } = waiting;
  if (entityId) redirect(`/entities/${entityId}/onboarding`);
  const t = await getTranslations('entities');
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t('opening.title')}
        description={t('opening.description', { name: wallet.customer?.name ?? wallet.name })}
        breadcrumbs={[{ label: t('title'), href: '/entities' }]}
      />
      {openingError ? (
        <Trouble walletId={walletId} code={openingError} />
      ) : (
        <div role="status" className="grid gap-4">
          <p className="text-muted-foreground text-sm">{t('opening.waiting')}</p>
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      )}
      <Live {...live} />
    </div>
  );
}

async function Trouble({ walletId, code }: { walletId: string; code: string }) {
  const t = await getTranslations('entities.opening');
  return (
    <Alert
      tone="warning"
      title={t('trouble')}
      action={
        <Button asChild>
          <Link href={`/wallets/${walletId}`}>{t('toWallet')}</Link>
        </Button>
      }
    >
      <Why code={code} />
    </Alert>
  );
}

function Why({ code }: { code: string }) {
  return useReasons()(code).why;
}
