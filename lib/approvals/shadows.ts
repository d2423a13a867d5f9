import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import type { Judgement } from '~/lib/approvals/rules';
import type { Tx } from '~/lib/db';

type Seen = {
  action: ApprovalAction;
  subjectId: string;
  subjectType?: string | undefined;
  asset: string | null;
  amount: bigint | null;
  /** Whether it waits for somebody anyway. */
  waits: boolean;
};

/** Writes down what rules in shadow would have had wait, in the transaction of what was asked for. */
export async function keepShadows(tx: Tx, seen: Seen, judgement: Pick<Judgement, 'shadows'>): Promise<void> {
  if (judgement.shadows.length === 0) return;
  await tx.approvalShadow.createMany({ data: shadowRows(seen, judgement) });
}

/** What is kept of each, but for its id. */
export function shadowRows(
  { action, subjectId, subjectType, asset, amount, waits: waited }: Seen,
  { shadows }: Pick<Judgement, 'shadows'>,
) {
  return shadows.map(({ rule, version }) => ({
    ...{ action, subjectId, rule, version, asset, amount, waited },
    subjectType: subjectType ?? ACTIONS[action].subject,
  }));
}
