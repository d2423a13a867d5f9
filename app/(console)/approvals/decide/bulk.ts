import type { WaitingItem } from '~/app/(console)/approvals/items';
import type { ApprovalGroup } from '~/lib/approvals/actions';

/** What a selection is of, so that it can be called by its name: all of one kind, or of several. */
export type SelectionOf = Exclude<ApprovalGroup, 'proof' | 'wallets'> | 'mixed';

/** What is done to wallets is called a change, as what is done to people and rules. */
const KIND_OF: Record<ApprovalGroup, SelectionOf> = {
  ...{ withdrawals: 'withdrawals', adjustments: 'adjustments', deposits: 'deposits' },
  ...{ wallets: 'people', people: 'people', proof: 'mixed' },
};

export function selectionOf(items: readonly Pick<WaitingItem, 'group'>[]): SelectionOf {
  const kinds = new Set(items.map(({ group }) => KIND_OF[group]));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'mixed';
}

/** How many of each kind, in the order of the inbox's tabs. */
export function countsOf(items: readonly Pick<WaitingItem, 'group'>[]): [SelectionOf, number][] {
  const kinds = ['withdrawals', 'adjustments', 'deposits', 'people'] as const;
  return kinds
    .map((kind): [SelectionOf, number] => [kind, items.filter(({ group }) => KIND_OF[group] === kind).length])
    .filter(([, count]) => count > 0);
}

export type Sum = { asset: string; amount: bigint };

/** What a selection moves, without fees, and the fees; assets are never added up. */
export function sumsOf(items: readonly Pick<WaitingItem, 'money'>[]): { amounts: Sum[]; fees: Sum[] } {
  const amounts = new Map<string, bigint>();
  const fees = new Map<string, bigint>();
  for (const { money } of items) {
    if (!money) continue;
    amounts.set(money.asset, (amounts.get(money.asset) ?? 0n) + money.amount);
    if (money.fee > 0n) fees.set(money.asset, (fees.get(money.asset) ?? 0n) + money.fee);
  }
  const sums = (of: Map<string, bigint>) => [...of].map(([asset, amount]) => ({ asset, amount }));
  return { amounts: sums(amounts), fees: sums(fees) };
}
