import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import type { Judgement } from '~/lib/approvals/rules';
import type { Tx } from '~/lib/db';

type Seen = {
  action: ApprovalAction;
  subjectId: string;
  subjectType?: string | undefined;
  asset: string | null;
  amount: bigint | null;
};

/** Writes down what rules in shadow would have had wait, in the transaction of what was asked for. */
export async function keepShadows(
  tx: Tx,
  { action, subjectId, subjectType, asset, amount }: Seen,
  { shadows, why }: Pick<Judgement, 'shadows' | 'why'>,
): Promise<void> {
  if (shadows.length === 0) return;
  await tx.approvalShadow.createMany({
    data: shadows.map(({ rule, version }) => ({
      ...{ action, subjectId, rule, version, asset, amount },
      subjectType: subjectType ?? ACTIONS[action].subject,
      waited: why !== null,
    })),
  });
}
