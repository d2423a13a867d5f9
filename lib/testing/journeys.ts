import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type OperatorActor, type Requester, system } from '~/lib/actor';
import { decidedOn } from '~/lib/approvals/decided';
import { db } from '~/lib/db';
import { type Assignment, assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { type Acceptance, approveDepositRequest } from '~/lib/deposits/requests';
import { type HeldReason, openGate } from '~/lib/gate/gate';
import { checkLedger } from '~/lib/proof/ledger-check';
import { proveAccounts } from '~/lib/proof/run';
import { balanceOf } from '~/lib/testing/books';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someCustomer, someOperator } from '~/lib/testing/factories';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import { inPesos, setInPesos } from '~/lib/testing/wallets';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';

export type ReadyWallet = AssetWallet & { accountId: string; accountNumberId: string };

/** A wallet opened all the way at the local Fintoc, by the worker's own steps. */
export async function readyWallet(
  facts: { pattern?: 'A' | 'B'; termsId?: string } = {},
): Promise<ReadyWallet> {
  const customer = await someCustomer();
  const { pattern = 'A', termsId } = facts;
  const { id } = await openWallet(system('setup'), {
    customerId: customer.id,
    pattern,
    name: 'Monedero',
    asset: 'MXN',
    requestId: randomUUID(),
  });
  await advanceOpenings();
  if (termsId) await setInPesos(id, { termsId });
  const wallet = await inPesos(id);
  const { accountId, accountNumberId, status } = wallet;
  if (!accountId || !accountNumberId || status !== 'open')
    throw new Error(`Not open: ${wallet.openingError}`);
  return { ...wallet, accountId, accountNumberId };
}

/** Has somebody send money to a wallet's CLABE, lets the webhook of it be taken in, and the proof confirm it. */
export async function depositInto(fintoc: LocalFintoc, wallet: ReadyWallet, amount: number): Promise<void> {
  await arrive(fintoc, wallet, amount);
  // Its account alone: a file that makes a wallet for each test would prove them all again at every deposit.
  await proveNow({ accountId: wallet.accountId });
}

/** The same, and no proof has looked at it yet. */
export async function arrive(
  fintoc: LocalFintoc,
  wallet: Pick<ReadyWallet, 'accountNumberId'>,
  amount: number,
): Promise<void> {
  const account_number_id = wallet.accountNumberId;
  await fintoc.control('POST', '/inbound-transfers', { account_number_id, amount, settle: true });
  await fintoc.deliveriesDone();
  await drain();
}

/** What the gate wants to have seen before anything leaves: every account proven now, and the ledger's own promises. */
export function proveAll(): Promise<void> {
  return proveNow({});
}

async function proveNow(which: { accountId?: string }): Promise<void> {
  await db().proofState.updateMany({ where: which, data: { nextAt: new Date(0) } });
  await proveAccounts(1_000);
  await checkLedger();
  await openGate();
}

/** Asks for a payout to a CLABE outside; what isn't given is a plain withdrawal. */
export function withdraw(actor: Requester, wallet: { id: string }, facts: Partial<NewWithdrawal> = {}) {
  return requestWithdrawal(actor, {
    walletId: wallet.id,
    amount: 10_000n,
    destination: someClabe('012'),
    beneficiaryName: 'Ximena Robles',
    requestId: randomUUID(),
    ...facts,
  });
}

/** What no proof ends. */
const OF_PEOPLE = [
  'wallet_frozen',
  'wallet_closed',
  'beneficiary_blocked',
  'changed_since_approval',
] satisfies HeldReason[];

/** Lets workers send what is due and take in what Fintoc says of it, until nothing moves. */
export async function settleAll(fintoc: LocalFintoc): Promise<void> {
  while ((await submitWithdrawals()) > 0);
  if ((await openGate()) > 0) {
    const held = { status: 'queued' as const, heldReason: { not: null, notIn: OF_PEOPLE } };
    if ((await db().withdrawal.count({ where: held })) > 0) await proveAll();
    while ((await submitWithdrawals()) > 0);
  }
  await fintoc.deliveriesDone();
  await drain();
}

/** Lets the pauses before the next tries be over. */
export async function skipPauses(): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  await db().withdrawal.updateMany({ data: { nextAttemptAt: past } });
  await db().withdrawal.updateMany({ where: { status: 'submitting' }, data: { leaseUntil: past } });
  await db().walletAsset.updateMany({ data: { nextAttemptAt: past } });
}

/** With who decided on it, and the seal that they approved. */
export async function withdrawalRow(id: string) {
  const [row, approval, decided] = await Promise.all([
    db().withdrawal.findUniqueOrThrow({ where: { id } }),
    db().approval.findFirst({ where: { action: 'withdrawal.pay', subjectId: id, state: 'approved' } }),
    decidedOn(db(), 'withdrawal.pay', [id]),
  ]);
  const { requestHash = null } = (approval?.facts ?? {}) as { requestHash?: string };
  return { ...row, approvedById: decided.get(id)?.operatorId ?? null, approvedHash: requestHash };
}

/** The proof in small: what we hold at each account is what Fintoc says. */
export async function expectCashEqualsFintoc(fintoc: LocalFintoc): Promise<void> {
  for (const { id, available_balance } of await fintoc.api('GET', '/v2/accounts')) {
    expect({ id, cash: await balanceOf(`fintoc/${id}/cash`) }).toEqual({
      id,
      cash: BigInt(available_balance),
    });
  }
}

/** Sends a deposit back as two people do: one asks, another approves what waits. */
export async function returnByTwo(
  actor: OperatorActor,
  { transferId, ...accepted }: Acceptance & { transferId: string },
): Promise<void> {
  const { request } = await returnDeposit(actor, { transferId, reason: 'Not ours', ...accepted });
  if (!request) throw new Error('It was nobody’s, and one person’s word sufficed.');
  await approveDepositRequest(await someOperator('approver'), { requestId: request.id, ...accepted });
}

/** Credits money from suspense to a wallet that its number doesn't name. */
export async function assignByTwo(actor: OperatorActor, assignment: Assignment): Promise<void> {
  const { request } = await assignDeposit(actor, assignment);
  if (!request) throw new Error('It was sent there, and one person’s word sufficed.');
  await approveDepositRequest(await someOperator('approver'), { requestId: request.id });
}
