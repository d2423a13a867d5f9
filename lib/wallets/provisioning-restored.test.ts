import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer } from '~/lib/testing/factories';
import { skipPauses } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos, openAgain, setInPesos } from '~/lib/testing/wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import type { WalletPattern } from '~/prisma/generated/enums';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());

const PATTERNS = [
  ['A', 'account_numbers'],
  ['B', 'accounts'],
  ['C', 'entities'],
] as const;
const TAX_IDS = { A: 'MUAD800101AA1', B: 'MUAD800101AA2', C: 'MUAD800101AA3' };
const TWO_DAYS_AGO = new Date(Date.now() - 48 * 3_600_000);

const count = async (table: string) =>
  (await fintoc.sql<{ n: number }>(`SELECT count(*)::int AS n FROM sandbox.${table}`))[0]?.n ?? 0;

/** A wallet that was asked for two days ago, and has come as far as it does by itself. */
async function openedLongAgo(pattern: WalletPattern) {
  const customer = await someCustomer({ taxId: TAX_IDS[pattern] });
  const { id, openingStep } = await openWallet(system('setup'), {
    customerId: customer.id,
    pattern,
    name: 'Monedero',
    asset: 'MXN',
    requestId: randomUUID(),
  });
  await db().customer.update({ where: { id: customer.id }, data: { createdAt: TWO_DAYS_AGO } });
  await setInPesos(id, { createdAt: TWO_DAYS_AGO });
  await advanceOpenings();
  // By now Fintoc has forgotten under which key it was made.
  await fintoc.sql('DELETE FROM sandbox.idempotency_keys');
  return { opened: await inPesos(id), openingStep };
}

const UNMADE = { entityId: null, accountId: null, accountNumberId: null };

it.each(PATTERNS)(
  'pattern %s: books of before it was made take it from Fintoc, and make no second',
  async (pattern, table) => {
    const { opened, openingStep } = await openedLongAgo(pattern);
    const before = await count(table);
    await db().fintocRequest.deleteMany();
    await openAgain(opened.id, { openingStep, ...UNMADE });
    await skipPauses();
    await advanceOpenings();
    expect(await count(table)).toBe(before);
    const { status, entityId, accountId, accountNumberId } = await inPesos(opened.id);
    expect({ status, entityId, accountId, accountNumberId }).toEqual({
      status: pattern === 'C' ? 'opening' : 'open',
      entityId: opened.entityId,
      accountId: opened.accountId,
      accountNumberId: opened.accountNumberId,
    });
  },
);

it('books that had written the request down and not yet sent it find what it made, too', async () => {
  const { opened, openingStep } = await openedLongAgo('A');
  const before = await count('account_numbers');
  await db().fintocRequest.updateMany({
    data: { state: 'sent', attempts: 0, createdAt: TWO_DAYS_AGO, response: {} },
  });
  await openAgain(opened.id, { openingStep, ...UNMADE });
  await skipPauses();
  await advanceOpenings();
  expect(await count('account_numbers')).toBe(before);
  expect((await inPesos(opened.id)).accountNumberId).toBe(opened.accountNumberId);
});
