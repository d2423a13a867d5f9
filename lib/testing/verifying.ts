import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import type { Fault } from '~/lib/proof/ranges';
import { proveAccount } from '~/lib/proof/run';
import { verifyBooks } from '~/lib/proof/verify';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, readyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

/** A wallet with two deposits and a payout, and another with one deposit; proven. */
export async function someBooks(fintoc: LocalFintoc) {
  await pollTransfers();
  const wallet = await readyWallet({ pattern: 'B' });
  const other = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  await depositInto(fintoc, wallet, 4_321);
  await depositInto(fintoc, other, 900);
  await withdraw(await someOperator(), wallet);
  await settleAll(fintoc);
  await proveAccount(wallet.accountId);
  return { wallet, other };
}

/** In ranges of two rows, so that what matters stands in one of many. */
export const verify = () => verifyBooks((query) => db().$queryRaw<unknown[]>(query), { rangeSize: 2 });

/** Edits, looks, and takes the edit back, so that each test has the one wrong row of its own. */
export async function whileWrong(wrong: string, right: string): Promise<Fault[]> {
  await tamper(wrong);
  try {
    return await verify();
  } finally {
    await tamper(right);
  }
}

export const rulesOf = (faults: Fault[]) => faults.map(({ rule }) => rule).sort();
