import { db } from '~/lib/db';
import { proveAccount } from '~/lib/proof/run';
import { depositInto, type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

export const proofStateOf = (accountId: string) =>
  db().proofState.findUniqueOrThrow({ where: { accountId } });

export const breaksOf = (accountId: string) =>
  db().proofBreak.findMany({ where: { accountId }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }] });

/** Lets what came in so far count as shown by Fintoc's movements, for tests that have no Fintoc to list them. */
export async function meetMovements(): Promise<void> {
  await db().$executeRaw`
    INSERT INTO proof_exemptions (entry_id, account_id)
    SELECT e.id, l.owner_id FROM ledger_entries e JOIN ledger_accounts l ON l.id = e.account_id
    WHERE l.bucket = 'cash' AND e.amount > 0 ON CONFLICT DO NOTHING`;
}

/** Everybody had their time: what is not known by now will not come by itself. */
export async function timePasses(fintoc: LocalFintoc): Promise<void> {
  await fintoc.sql(`UPDATE sandbox.movements SET transaction_date = transaction_date - interval '5 minutes'`);
  await tamper(
    `UPDATE proof_movements SET at = at - interval '5 minutes', read_at = read_at - interval '5 minutes'`,
  );
  await tamper(`UPDATE ledger_entries SET posted_at = posted_at - interval '5 minutes'`);
}

/** A wallet with an account of its own and a deposit in it, proven as far as that. */
export async function provenWallet(fintoc: LocalFintoc, amount = 100_000): Promise<ReadyWallet> {
  const wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, amount);
  await proveAccount(wallet.accountId);
  return wallet;
}

/** A line at Fintoc that is of no transfer, found once it had its time. */
export async function breakAccount(fintoc: LocalFintoc, accountId: string, amount = 500): Promise<string> {
  await fintoc.control('POST', `/accounts/${accountId}/movements`, { direction: 'outbound', amount });
  await timePasses(fintoc);
  await proveAccount(accountId);
  const broken = await db().proofBreak.findFirstOrThrow({ where: { accountId, state: 'open' } });
  return broken.id;
}
