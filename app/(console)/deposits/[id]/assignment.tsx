import { getTranslations } from 'next-intl/server';
import { assignDepositAction } from '~/app/(console)/deposits/actions';
import { Speaks } from '~/app/(console)/deposits/speaks';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { FilterBar } from '~/components/list/filter-bar';
import type { ReadAddress } from '~/components/list/read-address';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Whose } from '~/components/money/whose';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { Checkbox } from '~/components/ui/checkbox';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { OperatorActor } from '~/lib/actor';
import { ownersOf } from '~/lib/books/books';
import { type Suggestion, suggestedWallets } from '~/lib/deposits/suggestions';
import { standsApart, type WhySecond, whySecond } from '~/lib/deposits/suspense';
import { requireOperator } from '~/lib/session';
import type { TransferRecord } from '~/lib/transfers/read';
import { listWallets, type WalletRow } from '~/lib/wallets/wallets';

const SHOWN = 8;

type AssignmentProps = {
  transfer: TransferRecord;
  /** What is searched for; null beside a list, whose address has a search of its own: there the likely ones stand. */
  read: ReadAddress<{ text: string | undefined }> | null;
};

/** Whose money it turned out to be: open wallets found by name, customer or CLABE; before any search, likely ones. */
export async function Assignment({ transfer, read }: AssignmentProps) {
  const text = read?.filter.text;
  const t = await getTranslations('deposits.assign');
  const operator = await requireOperator('deposits:resolve');
  const [suggestions, candidates] =
    read && read.unreadable.length > 0 ? [[], []] : await candidatesFor(operator, transfer, text);
  const whys = await Promise.all(candidates.map((wallet) => whySecond(transfer, wallet)));
  const accounts = await ownersOf([transfer, ...candidates].map(({ accountId }) => ({ ownerId: accountId })));
  const nameOf = (accountId: string | null) => accounts.get(accountId ?? '')?.name ?? accountId ?? '';
  return (
    <Section title={t('title')} description={t('description')} flush>
      {read ? <FilterBar search={t('search')} read={read} /> : null}
      <Card>
        {candidates.length === 0 ? (
          <p role="status" className="px-4 py-5 text-muted-foreground text-sm">
            {t(read === null ? 'onItsPage' : read.filtered ? 'nothing' : 'searchFirst')}
          </p>
        ) : (
          <ul aria-label={t(text ? 'found' : 'likely')}>
            {candidates.map((wallet, nth) => (
              <CandidateRow
                key={wallet.id}
                wallet={wallet}
                suggestion={suggestions.find(({ walletId }) => walletId === wallet.id)}
                transfer={transfer}
                apart={
                  standsApart(transfer, wallet)
                    ? { standsIn: nameOf(transfer.accountId), paysFrom: nameOf(wallet.accountId) }
                    : undefined
                }
                second={whys[nth] ?? null}
                t={t}
              />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}

/** A wallet in the asset of the deposit. */
type Candidate = WalletRow & Omit<WalletRow['assets'][number], keyof WalletRow>;

/** Those that something speaks for, and before them all what somebody looked for. */
async function candidatesFor(
  operator: OperatorActor,
  transfer: TransferRecord,
  text: string | undefined,
): Promise<[Suggestion[], Candidate[]]> {
  const suggestions = (await suggestedWallets(operator, [transfer.id])).get(transfer.id) ?? [];
  const customerId = transfer.wallet?.customerId;
  const sought = text
    ? { text }
    : customerId
      ? { customerId }
      : { ids: suggestions.map(({ walletId }) => walletId) };
  const { items } = await listWallets(operator, { ...sought, status: ['open'], asset: [transfer.asset] });
  const place = ({ id }: Candidate) => {
    const at = suggestions.findIndex(({ walletId }) => walletId === id);
    return at < 0 ? suggestions.length : at;
  };
  const candidates = items
    .filter(({ kind }) => kind !== 'general')
    .flatMap((wallet) =>
      wallet.assets.filter(({ asset }) => asset === transfer.asset).map((held) => ({ ...held, ...wallet })),
    );
  return [suggestions, candidates.sort((a, b) => place(a) - place(b)).slice(0, SHOWN)];
}

type Words = Awaited<ReturnType<typeof getTranslations<'deposits.assign'>>>;
type CandidateRowProps = {
  wallet: Candidate;
  /** What speaks for it, if anything does. */
  suggestion: Suggestion | undefined;
  transfer: TransferRecord;
  /** The names of two accounts at Fintoc, where the money is in another than the wallet pays from. */
  apart: { standsIn: string; paysFrom: string } | undefined;
  /** Why a second person decides; null where one may. */
  second: WhySecond | null;
  t: Words;
};

function CandidateRow({ wallet, suggestion, transfer, apart, second, t }: CandidateRowProps) {
  const customer = wallet.customer?.name ?? t('house');
  const name = useWalletName()(wallet);
  const payout = transfer.direction === 'outbound';
  const money = <Money amount={transfer.amount} asset={transfer.asset} className="font-semibold" />;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5 text-sm last:border-b-0">
      <div className="min-w-0">
        <div className="font-medium">
          <Whose customer={wallet.customer} otherwise={t('house')} />
        </div>
        <div className="flex flex-wrap items-center gap-x-2 text-muted-foreground">
          {name}
          {wallet.accountNumber ? <Clabe value={wallet.accountNumber.number} copy={false} /> : null}
        </div>
        {suggestion ? <Speaks suggestion={suggestion} /> : null}
      </div>
      <ConfirmDialog
        act="assign_deposit"
        action={assignDepositAction}
        hidden={{ transferId: transfer.id, walletId: wallet.id }}
        trigger={
          <>
            {t('action')}
            <span className="sr-only">
              {' '}
              {customer}, {name}
            </span>
          </>
        }
        title={t(payout ? 'payoutTitle' : 'confirmTitle')}
        consequence={
          <>
            <p className="mb-1.5 text-foreground">
              {money} → {name}
            </p>
            <p>
              {t(payout ? 'payoutConsequence' : 'consequence', {
                customer,
                sender: transfer.counterpartyName ?? '—',
              })}
            </p>
            <p className="mt-1.5">
              {t.rich('posting', {
                before: () => <Money amount={wallet.balances.available} asset={transfer.asset} />,
                after: () => (
                  <Money amount={wallet.balances.available + transfer.amount} asset={transfer.asset} />
                ),
              })}
            </p>
            {suggestion ? <Speaks suggestion={suggestion} /> : null}
            {second ? <p className="mt-1.5 font-medium text-warning">{t(`second.${second}`)}</p> : null}
          </>
        }
        confirm={t(second ? 'ask' : payout ? 'payoutConfirm' : 'confirm')}
        reason="required"
        success={t(second ? 'asked' : payout ? 'payoutDone' : 'done')}
      >
        {apart ? (
          <>
            <Alert tone="warning">{t('otherAccount', { ...apart, wallet: wallet.name })}</Alert>
            <Field name="acceptsOtherAccount" label={t('acceptsOtherAccount')} required inline>
              <Checkbox />
            </Field>
          </>
        ) : null}
      </ConfirmDialog>
    </li>
  );
}
