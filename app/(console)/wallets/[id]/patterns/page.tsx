import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Moves } from '~/app/(console)/wallets/[id]/patterns/moves';
import { MovePreviewSection } from '~/app/(console)/wallets/[id]/patterns/preview';
import { Comparison } from '~/app/(console)/wallets/patterns/comparison';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { actsOn } from '~/lib/audit/read';
import { followed } from '~/lib/live';
import { comparePatterns } from '~/lib/patterns/compare';
import { previewMove } from '~/lib/patterns/preview';
import { listMoves, waitingMove } from '~/lib/patterns/read';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet, viewOf, WALLET_PATTERNS } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('patterns.compare'))('title') };
}

/** What each pattern would be for this wallet's customer, what a move to another takes, and the moves that were. */
export default async function WalletPatternsPage({
  params,
  searchParams,
}: PageProps<'/wallets/[id]/patterns'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const live = await followed(`wallet:${id}`);
  const whole = await orNotFound(getWallet(operator, id));
  const address = await searchParams;
  const wallet = viewOf(whole, textParam(address, 'asset')) ?? notFound();
  const { asset, pattern, customer } = wallet;
  if (!customer) notFound();
  const wanted = WALLET_PATTERNS.find((each) => each === textParam(address, 'to'));
  const [t, wallets, nameOf, facts, moves, waiting, acts, preview] = await Promise.all([
    getTranslations('patterns'),
    getTranslations('wallets'),
    getWalletName(),
    comparePatterns(operator, { customerId: customer.id, asset }),
    listMoves(operator, { walletId: id, asset }),
    waitingMove(id),
    actsOn('wallet', [id]),
    wanted && wanted !== pattern ? previewMove({ walletId: id, asset, to: wanted }) : null,
  ]);
  const mayAsk = can(operator.role, 'wallets:provision');
  return (
    <>
      <PageHeader
        title={t('compare.title')}
        description={t('compare.description', { name: customer.name, asset })}
        breadcrumbs={[
          { label: wallets('title'), href: '/wallets' },
          { label: nameOf(wallet), href: to(`/wallets/${id}?asset=${asset}`) },
        ]}
      />
      {waiting ? (
        <Alert
          tone="info"
          title={t('move.waiting.title')}
          className="mb-6"
          action={
            <Link href="/approvals" className="text-link hover:underline">
              {t('move.waiting.link')}
            </Link>
          }
        >
          {t('move.waiting.text', { name: waiting.askedByName, to: waiting.to })}
        </Alert>
      ) : null}
      <Comparison
        facts={facts}
        asset={asset}
        current={pattern}
        previewOf={(each) =>
          each === pattern || !pattern ? null : to(`/wallets/${id}/patterns?asset=${asset}&to=${each}#move`)
        }
      />
      <Offers
        standing={`${waiting?.to ?? ''} ${moves.map(({ id, state }) => `${id} ${state}`).join()}`}
        timeline={acts}
      >
        {preview ? (
          <MovePreviewSection
            wallet={{ id, name: nameOf(wallet) }}
            preview={preview}
            mayAsk={mayAsk && waiting === null}
          />
        ) : null}
        {moves.length > 0 ? <Moves moves={moves} mayCancel={mayAsk} facts={facts} /> : null}
      </Offers>
      <Live {...live} />
    </>
  );
}
