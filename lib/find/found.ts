import type { AdjustmentRow } from '~/lib/adjustments/read';
import type { CaseRow } from '~/lib/cases/read';
import { currentOnboarding } from '~/lib/entities/kyb';
import type { EntityRow } from '~/lib/entities/list';
import type { Ref, ThingKind } from '~/lib/find/things';
import type { HoldRow } from '~/lib/holds/read';
import type { CustomerRow } from '~/lib/people/customers';
import { maskEmail, textOf } from '~/lib/people/masking';
import type { ListedTransfer } from '~/lib/transfers/read';
import type { Standing } from '~/lib/wallets/of-customer';
import type { AssetBalances } from '~/lib/wallets/portfolios';
import type { WalletRow } from '~/lib/wallets/wallets';
import type { WithdrawalRow } from '~/lib/withdrawals/read';

export type FoundMoney = { amount: bigint; asset: string };

/** One thing that was meant, with what somebody wants to know of it before they open it. */
export type Found = {
  kind: ThingKind;
  id: string;
  /** What it is called; empty where its kind says it all. */
  name: string;
  /** A house wallet is called by what it is for. */
  houseRole: string | null;
  /** Whose it is, the other side, a tax id: what tells it from others of the same name. */
  detail: string;
  /** Of a customer, masked for everybody: enough to tell two of one name apart. */
  email: string;
  money: FoundMoney[];
  /** Its state, as the words of states know it; null for the usual one of what has hardly another. */
  status: { kind: StateOf; code: string } | null;
  at: Date | null;
};

export type StateOf = 'wallet' | 'transfer' | 'withdrawal' | 'adjustment' | 'hold' | 'case' | 'onboarding';

/** What has nothing to tell but its id. */
export function bareFound({ kind, id }: Ref): Found {
  const nothing = { name: '', houseRole: null, detail: '', email: '', money: [], status: null, at: null };
  return { kind, id, ...nothing };
}

export function customerFound(
  { id, name, taxId, email, createdAt }: CustomerRow,
  balances: readonly AssetBalances[] = [],
  standing?: Standing,
): Found {
  return {
    ...bareFound({ kind: 'customer', id }),
    ...{ name, detail: textOf(taxId), email: email ? maskedEmail(textOf(email)) : '' },
    money: balances.map(({ asset, available }) => ({ asset, amount: available })),
    status: standing ? stateOf(standing) : null,
    at: createdAt,
  };
}

const maskedEmail = (email: string) => (email.includes('•') ? email : maskEmail(email));

/** What is out of the ordinary: something frozen, or nothing that isn't closed. */
function stateOf({ open, opening, frozen }: Standing): Found['status'] {
  if (frozen > 0) return { kind: 'wallet', code: 'frozen' };
  return open + opening > 0 ? null : { kind: 'wallet', code: 'closed' };
}

export function walletFound({ id, name, houseRole, customer, status, createdAt, assets }: WalletRow): Found {
  return {
    ...bareFound({ kind: 'wallet', id }),
    ...{ name, houseRole, detail: customer?.name ?? '', status: { kind: 'wallet', code: status } },
    money: assets.map(({ asset, balances }) => ({ asset, amount: balances.available })),
    at: createdAt,
  };
}

export function entityFound({ id, holderName, holderId, onboardings, createdAt }: EntityRow): Found {
  const onboarding = currentOnboarding(onboardings);
  return {
    ...bareFound({ kind: 'entity', id }),
    ...{ name: holderName, detail: textOf(holderId), at: createdAt },
    status: onboarding ? { kind: 'onboarding', code: onboarding.status } : null,
  };
}

export function depositFound(deposit: ListedTransfer): Found {
  const { id, counterpartyName, wallet, amount, asset, state, transactedAt } = deposit;
  return {
    ...bareFound({ kind: 'deposit', id }),
    ...{ name: counterpartyName ?? '', detail: wallet?.customer?.name ?? '' },
    ...{ money: [{ amount, asset }], status: { kind: 'transfer', code: state }, at: transactedAt },
  };
}

export function withdrawalFound(withdrawal: WithdrawalRow): Found {
  const { id, beneficiaryName, wallet, amount, asset, status, createdAt } = withdrawal;
  return {
    ...bareFound({ kind: 'withdrawal', id }),
    ...{ name: beneficiaryName ?? '', detail: wallet.customer?.name ?? '' },
    ...{ money: [{ amount, asset }], status: { kind: 'withdrawal', code: status }, at: createdAt },
  };
}

export function adjustmentFound({ id, reason, amount, asset, status, createdAt }: AdjustmentRow): Found {
  return {
    ...bareFound({ kind: 'adjustment', id }),
    ...{ name: reason, money: [{ amount, asset }], status: { kind: 'adjustment', code: status } },
    at: createdAt,
  };
}

export function holdFound({
  id,
  reason,
  wallet,
  left,
  asset,
  state,
  createdAt,
}: Omit<HoldRow, 'wallet'> & { wallet: { customer: { name: string } | null } }): Found {
  return {
    ...bareFound({ kind: 'hold', id }),
    ...{ name: reason, detail: wallet.customer?.name ?? '', money: [{ amount: left, asset }] },
    ...{ status: { kind: 'hold', code: state }, at: createdAt },
  };
}

export function caseFound({ id, customer, state, openedAt }: CaseRow): Found {
  return {
    ...bareFound({ kind: 'case', id }),
    ...{ name: customer?.name ?? '', status: { kind: 'case', code: state }, at: openedAt },
  };
}
