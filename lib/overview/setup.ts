import { z } from 'zod';
import { db } from '~/lib/db';
import type { SetupFacts } from '~/lib/overview/setup-steps';
import { whoMay } from '~/lib/people/role-of';

/** Written by `npm run backup` when one is whole. */
const BACKUP = 'backupMade';
const backup = z.object({ at: z.coerce.date() });

/** How far this installation has come. */
export async function setupFacts(): Promise<SetupFacts> {
  const some = { take: 1, select: { id: true } };
  const [read, accounts, endpoint, delivered, deciders, rules, customers, deposits, made] = await Promise.all(
    [
      db().syncRun.findFirst({ orderBy: { startedAt: 'desc' } }),
      db().account.count({ take: 1 }),
      db().inboxEndpoint.findFirst({ where: { retiredAt: null }, select: { id: true } }),
      db().inboxEvent.findMany({ where: { origin: 'webhook' }, ...some }),
      db().operator.count({
        where: { ...whoMay('withdrawals:approve'), disabledAt: null, passwordHash: { not: null } },
      }),
      // What came with the installation is nobody's word.
      db().approvalRule.findMany({
        where: { OR: [{ madeById: { not: null } }, { action: 'withdrawal.pay', version: { gt: 1 } }] },
        ...some,
      }),
      db().customer.findMany(some),
      db().transfer.findMany({ where: { direction: 'inbound', state: 'succeeded' }, ...some }),
      db().setting.findUnique({ where: { key: BACKUP } }),
    ],
  );
  const known = backup.safeParse(made?.value);
  return {
    read: read && { finished: read.finishedAt !== null, error: read.error },
    accounts,
    registered: endpoint !== null,
    delivered: delivered.length,
    deciders,
    ruled: rules.length > 0,
    customers: customers.length,
    deposits: deposits.length,
    backedUpAt: known.success ? known.data.at : null,
  };
}
