import { db } from '~/lib/db';
import { foldEntries } from '~/lib/ledger/moment';
import { sealChain } from '~/lib/proof/chain';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { verifyBooks } from '~/lib/proof/verify';
import { settleSearch } from '~/lib/search/settle';
import { watchBooks } from '~/lib/standstill/watch';

/** Brings sums, search and seals up to date, proves everything, and writes down that the company is made. */
export async function conclude(key: string, value: object): Promise<string> {
  await watchBooks();
  await settleSearch(0);
  await untilStill(foldEntries);
  await untilStill(() => sealChain({ patienceSeconds: 0 }));
  while ((await checkLedger()) > 0);
  const faults = await verifyBooks((query) => db().$queryRaw(query));
  const { faults: found } = await lastLedgerCheck();
  if (faults.length + found.length > 0)
    throw new Error(`The books of the demo are wrong: ${JSON.stringify([...faults, ...found])}`);
  await db().setting.create({ data: { key, value } });
  const [customers, transfers, breaks] = await Promise.all([
    db().customer.count(),
    db().transfer.count(),
    db().proofBreak.count({ where: { state: 'open' } }),
  ]);
  if (breaks > 0) throw new Error(`${breaks} accounts are not proven.`);
  const paid = await db().withdrawal.count({ where: { status: 'succeeded' } });
  if (paid === 0) throw new Error('Nothing was paid out.');
  return `${customers} customers and ${transfers} transfers, proven,`;
}

/** What is seen at one look is done at the next. */
async function untilStill(look: () => Promise<number>): Promise<void> {
  for (let still = 0; still < 2; ) still = (await look()) > 0 ? 0 : still + 1;
}
