import { getTranslations } from 'next-intl/server';
import { AccountFacts } from '~/app/(console)/proof/accounts/[id]/account-facts';
import { AccountNotice } from '~/app/(console)/proof/accounts/[id]/account-notice';
import { ProofTable } from '~/app/(console)/proof/accounts/[id]/proof-table';
import { BreakTable } from '~/app/(console)/proof/break-table';
import { CheckNow } from '~/app/(console)/proof/check-now';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { AddressNotice } from '~/components/list/address-notice';
import { Pager } from '~/components/list/pager';
import { readPlain } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { ProvenLine } from '~/components/money/proven-line';
import { StatusBadge } from '~/components/record/status-badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { getAccountWord } from '~/components/words/get-account-word';
import { followed } from '~/lib/live';
import { listBreaks } from '~/lib/proof/breaks-read';
import { getNamedProof } from '~/lib/proof/named';
import { lastOf, listProofs } from '~/lib/proof/read';
import { can } from '~/lib/roles';
import { orNotFound, requireHouse, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('proof'))('title') };
}

export default async function AccountProofPage({ params, searchParams }: PageProps<'/proof/accounts/[id]'>) {
  const operator = await requireOperator('console:read');
  requireHouse(operator);
  const id = decodeURIComponent((await params).id);
  const live = await followed('proof');
  const read = readPlain(await searchParams);
  const [t, accountWord, account, breaks, { items, nextCursor }] = await Promise.all([
    getTranslations('proof'),
    getAccountWord(),
    orNotFound(getNamedProof(operator, id)),
    listBreaks(operator, { accountId: id }),
    listProofs(id, read.cursor),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/proof' }]}
        // A CLABE's groups stay together where the line breaks; a name breaks as names do.
        title={t('account.title', { name: accountWord(account).replace(/(\d) (?=\d)/g, '$1\u00A0') })}
        badge={<StatusBadge kind="proof" status={account.light} />}
        description={
          <ProvenLine
            last={lastOf(account)}
            count={account.provenCount}
            difference={account.difference}
            asset={account.asset}
          />
        }
        actions={can(operator.role, 'proof:recover') ? <CheckNow accountId={id} /> : null}
      />
      <AccountNotice account={account} />
      <Section
        title={t('account.facts')}
        actions={
          <>
            <Button asChild size="sm">
              <Link href={`/day?account=${encodeURIComponent(id)}&asset=${account.asset}`}>
                {t('account.day')}
              </Link>
            </Button>
            <Button asChild size="sm">
              <Link href={`/proof/accounts/${encodeURIComponent(id)}/movements`}>
                {t('account.movements')}
              </Link>
            </Button>
          </>
        }
      >
        <AccountFacts account={account} />
      </Section>
      {breaks.items.length > 0 ? (
        <Section title={t('breaks.title')} description={t('breaks.hint')} flush>
          <BreakTable breaks={breaks.items} />
        </Section>
      ) : null}
      <Section title={t('account.proofs')} description={t('account.proofsHint')} flush>
        <AddressNotice read={read} />
        <ProofTable proofs={items} account={account} />
        <Pager nextCursor={nextCursor} count={items.length} />
      </Section>
      <Live {...live} />
    </>
  );
}
