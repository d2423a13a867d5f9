import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { foundAgain, standstill } from '~/lib/standstill/standstill';
import { watchBooks } from '~/lib/standstill/watch';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';

const { fintoc, backUp, restore } = withRestorableBooks();

let one: OperatorActor;
let another: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  [one, another] = [await someOperator('approver'), await someOperator('approver')];
  await pollTransfers();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  await watchBooks();
  await backUp();
  await withdraw(await someOperator(), wallet, { amount: 20_000n });
  await settleAll(fintoc);
  await watchBooks();
  await restore();
  await watchBooks();
});

async function catchUp(): Promise<void> {
  await syncIfDue();
  await pollTransfers();
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
}

const opened = async () => {
  const still = await latestStandstill(ANYBODY);
  if (!still) throw new Error('They are older.');
  return still;
};
const release = async (actor: OperatorActor) =>
  releaseStandstill(actor, { standstillId: (await opened()).id, reason: 'Compared with Fintoc.' });

it('older books in the place of those that stand still are noticed at once, and two people’s word covers both', async () => {
  await catchUp();
  expect(await release(one)).toEqual({ released: false });
  const first = await opened();
  await watchBooks();
  await backUp();
  // Only what came in: nothing is paid by books that stand still, and it is lost with them all the same.
  await depositInto(fintoc, wallet, 7_000);
  await watchBooks();
  await watchBooks();
  expect(foundAgain(await opened())).toEqual([]);

  await restore();
  // Before anybody has looked at them, nobody lets them go.
  await expect(release(another)).rejects.toMatchObject({ code: 'standstill_not_ready' });
  await Promise.all([watchBooks(), watchBooks(), watchBooks()]);
  await watchBooks();
  const second = await opened();
  expect(second).toMatchObject({ id: first.id, state: 'open', foundAt: first.foundAt, releases: [] });
  expect(foundAgain(second)).toHaveLength(1);
  expect(second.facts).toMatchObject({
    again: [
      { signs: { lacks: expect.arrayContaining([expect.objectContaining({ what: 'transactions' })]) } },
    ],
  });
  expect(
    await db().auditEntry.count({ where: { action: 'standstill.older_again', subjectId: first.id } }),
  ).toBe(1);

  // What was read after the first is not what happened before the second.
  await expect(release(another)).rejects.toMatchObject({ code: 'standstill_not_ready' });
  await catchUp();
  expect(await release(one)).toEqual({ released: false });
  expect(await release(another)).toEqual({ released: true });
  await watchBooks();
  expect(await standstill(db())).toBeNull();
  expect(await fintoc.payouts()).toHaveLength(1);
}, 120_000);
