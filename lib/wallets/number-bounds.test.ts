import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { assignTerms } from '~/lib/terms/assignments';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someTerms } from '~/lib/testing/factories';
import { type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { alignNumberBounds } from '~/lib/wallets/number-bounds';

withTestDatabase();
const fintoc = withLocalFintoc();

let admin: OperatorActor;
let approver: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  wallet = await readyWallet();
});

async function under(terms: Parameters<typeof someTerms>[0]) {
  const { id: termsId } = await someTerms(terms);
  await assignTerms(admin, { termsId, fromId: null, walletIds: [wallet.id] });
  await approveWaiting(approver, { action: 'terms.change', subjectId: termsId });
}
const atFintoc = async () =>
  (await fintoc.api('GET', `/v2/account_numbers/${wallet.accountNumberId}`)).options;
const noted = () => db().auditEntry.count({ where: { action: 'account_number.bounded' } });

it('an account number that exists takes what its wallet’s terms say now, told to Fintoc once', async () => {
  await under({ depositsRefusedByRail: true, depositMinAmount: 500n, depositMaxAmount: 90_000n });
  expect(await alignNumberBounds()).toBe(1);
  expect(await atFintoc()).toEqual({ min_amount: 500, max_amount: 90_000 });
  expect(await alignNumberBounds()).toBe(0);
  expect(await noted()).toBe(1);

  await under({ depositsRefusedByRail: true, depositMaxAmount: 70_000n });
  await alignNumberBounds();
  expect(await atFintoc()).toEqual({ min_amount: null, max_amount: 70_000 });

  await under({});
  await alignNumberBounds();
  expect(await atFintoc()).toEqual({ min_amount: null, max_amount: null });
  expect(await alignNumberBounds()).toBe(0);
});

it('bounds that nobody here set stay', async () => {
  const options = { min_amount: 100, max_amount: null };
  await fintoc.api('PATCH', `/v2/account_numbers/${wallet.accountNumberId}`, { options });
  expect(await alignNumberBounds()).toBe(0);
  expect(await atFintoc()).toMatchObject({ min_amount: 100 });
});
