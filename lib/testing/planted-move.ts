import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import type { OpenWallet } from '~/lib/testing/factories';

/** A wallet that was to be moved to another account, and why. */
export async function aMove(wallet: OpenWallet, { id: askedById, name }: OperatorActor, reason: string) {
  const about = { action: 'wallet.move_pattern', subjectType: 'wallet', subjectId: wallet.id, facts: {} };
  const approval = await db().approval.create({
    data: { ...about, ruleVersion: 1, steps: [], reason, askedById, askedByName: name },
  });
  await db().patternMove.create({
    data: {
      ...{ walletId: wallet.id, asset: 'MXN', fromPattern: 'B', toPattern: 'A', state: 'cancelled' },
      ...{ fromAccountId: wallet.accountId, fromNumberId: wallet.numberId, approvalId: approval.id, reason },
    },
  });
}
