'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { requestWithdrawalAction } from '~/app/(console)/withdrawals/actions';
import {
  AmountSummary,
  type PayingTerms,
  type PayingWallet,
} from '~/app/(console)/withdrawals/new/amount-summary';
import { ConceptField, MOST_TYPED } from '~/app/(console)/withdrawals/new/concept-field';
import { NameFields } from '~/app/(console)/withdrawals/new/name-fields';
import { type Saved, SavedChoice } from '~/app/(console)/withdrawals/new/saved-choice';
import { AmountField } from '~/components/form/amount-field';
import { DestinationField } from '~/components/form/destination-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { formatAmount, parseAmount } from '~/lib/money';
import type { ApprovalRoom } from '~/lib/withdrawals/approval-rule';
import type { PayingFacts } from '~/lib/withdrawals/paying';
import type { WithdrawalLook } from '~/lib/withdrawals/plan';

/** What is asked again: the withdrawal that ended without paying, and what it asked for, as it is typed. */
export type Retry = {
  id: string;
  amount: string;
  destination: string;
  beneficiaryName: string;
  beneficiaryTaxId: string;
  comment: string;
  referenceId: string;
};

const looks = onDemand(() => import('~/app/(console)/withdrawals/new/look'));

type WithdrawalFormProps = {
  wallet: PayingWallet;
  terms: PayingTerms;
  approval: ApprovalRoom;
  /** Whom the wallet's customer has saved. */
  saved: readonly Saved[];
  retry?: Retry | undefined;
};

/** Asks for a payout, and shows as one types where the money goes and what stays. */
export function WithdrawalForm({ wallet, terms, approval, saved, retry }: WithdrawalFormProps) {
  const t = useTranslations('withdrawals.new');
  const common = useTranslations('common');
  const [chosen, setChosen] = useState<Saved | null>(null);
  const [typedAmount, setTypedAmount] = useState(retry?.amount ?? '');
  const amount = parseAmount(typedAmount, wallet.asset);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card className="p-4 sm:p-5">
        <Form
          act="request_withdrawal"
          action={requestWithdrawalAction}
          hidden={{ walletId: wallet.id, asset: wallet.asset, ...(retry && { retryOf: retry.id }) }}
          look={(look) => <Looked look={look} />}
        >
          <PaidFrom wallet={wallet} />
          <SavedChoice saved={saved} chosen={chosen} onChoose={setChosen} />
          <DestinationField
            key={`destination ${chosen?.id ?? ''}`}
            name="destination"
            kinds={wallet.destinations}
            banks={wallet.institutions}
            clabeLabel={t('clabe')}
            own={wallet.number}
            initial={chosen?.destination ?? retry?.destination}
          />
          <NameFields
            key={`name ${chosen?.id ?? ''}`}
            wallet={wallet}
            name={chosen?.name ?? retry?.beneficiaryName}
            taxId={chosen?.taxId ?? retry?.beneficiaryTaxId}
          />
          <AmountField
            name="amount"
            label={t('amount', { asset: wallet.asset })}
            hint={t('amountHint', { example: formatAmount(125_050n, wallet.asset, 'es-MX') })}
            asset={wallet.asset}
            onText={setTypedAmount}
            required
            initial={retry?.amount}
          />
          <ConceptFields wallet={wallet} retry={retry} />
          <div className="lg:hidden">
            <AmountSummary wallet={wallet} terms={terms} approval={approval} amount={amount} />
          </div>
          <FormActions>
            <Button asChild>
              <Link href="/withdrawals">{common('cancel')}</Link>
            </Button>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </Form>
      </Card>
      <div className="max-lg:hidden lg:sticky lg:top-6">
        <AmountSummary wallet={wallet} terms={terms} approval={approval} amount={amount} live />
      </div>
    </div>
  );
}

function PaidFrom({ wallet }: { wallet: PayingWallet }) {
  const t = useTranslations('withdrawals.new');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-lg border bg-muted px-3.5 py-3 text-sm">
      <div className="min-w-0">
        <div className="font-medium">{wallet.name}</div>
        <div className="text-muted-foreground">
          {wallet.customer ? `${wallet.customer} · ` : ''}
          {t('available')} <Money amount={wallet.available} asset={wallet.asset} />
        </div>
      </div>
      <Link href="/withdrawals/new" className="rounded-sm text-link hover:underline">
        {t('otherWallet')}
      </Link>
    </div>
  );
}

type ConceptFieldsProps = { wallet: PayingFacts; retry: Retry | undefined };

function ConceptFields({ wallet: paying, retry }: ConceptFieldsProps) {
  const { writing } = paying;
  const t = useTranslations('withdrawals.new');
  const [reference, setReference] = useState(retry?.referenceId ?? '');
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_14rem]">
      <ConceptField paying={paying} initial={retry?.comment} />
      <Field
        name="referenceId"
        label={t(writing === 'spei' ? 'reference' : 'referenceFree')}
        hint={writing === 'spei' ? t('referenceHint') : undefined}
      >
        <Input
          inputMode={writing === 'spei' ? 'numeric' : 'text'}
          autoComplete="off"
          maxLength={MOST_TYPED}
          value={reference}
          onChange={(event) => setReference(event.target.value)}
          className="font-mono"
        />
      </Field>
    </div>
  );
}

function Looked({ look }: { look: WithdrawalLook }) {
  const drawn = useOnDemand(looks, true);
  return drawn ? <drawn.Look look={look} /> : null;
}
