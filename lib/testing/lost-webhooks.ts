import { beforeAll, beforeEach } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { moneyOf } from '~/lib/testing/books';
import { type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { type LocalFintoc, withLocalFintoc } from '~/lib/testing/sandbox';

/** A wallet at a local Fintoc whose webhooks can be dropped, so that only a poll brings its deposits. */
export function withLostWebhooks() {
  const fintoc: LocalFintoc = withLocalFintoc();
  let wallet: ReadyWallet;

  beforeAll(async () => {
    wallet = await readyWallet();
    await pollTransfers();
  });
  beforeEach(async () => {
    await fintoc.calm();
    await db().pollRun.deleteMany();
  });

  return {
    fintoc,
    wallet: () => wallet,
    available: async () => (await moneyOf(wallet)).available,
    dropAll: () => fintoc.control('POST', '/delivery-rules', { drop: true, count: 1_000 }),
    /** A deposit in centavos. Answers its transfer's id. */
    async receive(amount: number): Promise<string> {
      const number = wallet.accountNumberId;
      const body = { account_number_id: number, amount, settle: true };
      const [transfer] = await fintoc.control('POST', '/inbound-transfers', body);
      return transfer.id;
    },
    happenedAt: (id: string, minutesAgo: number) =>
      fintoc.sql(
        `UPDATE sandbox.transfers SET transaction_date = now() - $2 * interval '1 minute' WHERE id = $1`,
        [id, minutesAgo],
      ),
    eventsOf: (objectId: string) => db().inboxEvent.findMany({ where: { objectId }, orderBy: { id: 'asc' } }),
    lastRun: () => db().pollRun.findFirstOrThrow({ orderBy: { startedAt: 'desc' } }),
  };
}
