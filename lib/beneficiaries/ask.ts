import { authorize, type Requester } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { lockBeneficiary } from '~/lib/beneficiaries/beneficiaries';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { isAsset } from '~/lib/money';
import { once } from '~/lib/once';
import { railVerifying } from '~/lib/rails/registry';
import { houseWallets } from '~/lib/wallets/house';
import { checkBeneficiary } from '~/lib/withdrawals/checks';
import type { AccountVerification } from '~/prisma/generated/client';

export type AskedVerification = { beneficiaryId: string; requestId: string };

/** On its way: its coin may still come, or the bank's answer. */
export const UNDER_WAY = ['queued', 'sent', 'pending'] as const;

/**
 * Has the rail ask the bank whose account a beneficiary's is: a worker sends the question. The rail sends a coin for it
 * from the platform's root account, which the platform pays out of its own. Throws `not_verifiable`,
 * `verification_waits` while one is on its way to that number, `beneficiary_blocked`, `account_not_ready` and
 * `house_not_covered`.
 */
export async function askVerification(
  actor: Requester,
  { beneficiaryId, requestId }: AskedVerification,
): Promise<AccountVerification> {
  authorize(actor, 'withdrawals:request');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'beneficiary.verify', requestId, content: { beneficiaryId } },
      (id) => tx.accountVerification.findUniqueOrThrow({ where: { id } }),
      () => ask(tx, actor, beneficiaryId),
    ),
  );
}

async function ask(tx: Tx, actor: Requester, beneficiaryId: string): Promise<AccountVerification> {
  const beneficiary = await lockBeneficiary(tx, beneficiaryId);
  const { name, destinationKind, destination, customerId } = beneficiary;
  if (beneficiary.removedAt) throw notFound('beneficiary', beneficiaryId);
  const verifies = railVerifying(destinationKind);
  if (!verifies) throw new DomainError('not_verifiable', `No rail verifies a ${destinationKind}.`);
  await checkBeneficiary(tx, beneficiary);
  const { rail, asset, amount } = verifies;
  const account = await tx.account.findFirst({ where: { rail, asset, isRoot: true } });
  if (!account) throw new DomainError('account_not_ready', 'The platform has no root account.');
  // Whoever else asks waits for this: of two questions about one number the second sees the first.
  await lockRow(tx, 'accounts', account.id);
  const waiting = await tx.accountVerification.count({
    where: { accountId: account.id, destination, destinationKind, state: { in: [...UNDER_WAY] } },
  });
  if (waiting > 0) throw new DomainError('verification_waits', 'That number is being verified.');
  if (!(await houseHas(tx, asset, amount)))
    throw new DomainError('house_not_covered', 'The house has less than that to give.', { has: '0', asset });
  const asked = await tx.accountVerification.create({
    data: {
      ...{ beneficiaryId, accountId: account.id, asset, amount, destinationKind, destination, name },
      requestedById: actor.id,
    },
  });
  await recordAudit(tx, actor, {
    ...{ action: 'beneficiary.verification_asked', subject: 'customer', id: customerId },
    after: asked,
  });
  return asked;
}

/** Whether the platform's own money pays for one more coin, beside those that the books haven't seen yet. */
export async function houseHas(tx: Tx, asset: string, more: bigint): Promise<boolean> {
  if (!isAsset(asset)) return false;
  const { operating } = await houseWallets(tx, asset);
  const [row] = await tx.$queryRaw<{ has: boolean }[]>`
    SELECT coalesce((SELECT balance FROM ledger_accounts
        WHERE owner_id = ${operating.id} AND bucket = 'available' AND asset = ${asset}), 0) >= ${more}::bigint
      + coalesce((SELECT sum(v.amount) FROM account_verifications v
          WHERE v.asset = ${asset} AND v.state IN ('queued', 'sent', 'pending')
            AND NOT EXISTS (SELECT 1 FROM transfers t WHERE t.id = v.transfer_id)), 0)::bigint AS has`;
  return row?.has ?? false;
}
