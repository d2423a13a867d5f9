import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { advanceMoves } from '~/lib/patterns/move';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { watchBooks } from '~/lib/standstill/watch';
import { moneyOf } from '~/lib/testing/books';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, expectCashEqualsFintoc, readyWallet } from '~/lib/testing/journeys';
import { moveByTwo, moveOf, paymentsOf, turn, untilMoved } from '~/lib/testing/moves';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { inPesos } from '~/lib/testing/wallets';

const { fintoc, backUp, restore } = withRestorableBooks();

let people: OperatorActor[];
beforeAll(async () => {
  people = [await someOperator('approver'), await someOperator('approver')];
  await pollTransfers();
});

/** Reads what happened since, and has two people let the books go on. */
async function goOn(): Promise<void> {
  await syncIfDue();
  await pollTransfers();
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
  const still = await latestStandstill(ANYBODY);
  if (!still) throw new Error('They are older.');
  for (const person of people)
    await releaseStandstill(person, { standstillId: still.id, reason: 'Compared with Fintoc.' });
}

it('books of before a move was made find all of it at Fintoc, and make none of it again', async () => {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 40_000);
  await moveByTwo(wallet, 'B');
  await watchBooks();
  await backUp();
  await untilMoved(fintoc, wallet);
  const moved = await inPesos(wallet.id);
  const made = await fintoc.payouts();
  expect(made).toHaveLength(1);
  await watchBooks();

  await restore();
  await watchBooks();
  expect(await moveOf(wallet.id)).toMatchObject({ state: 'opening' });
  // Nothing of it goes on before somebody has looked.
  expect(await advanceMoves()).toBe(0);
  await goOn();
  await untilMovedAgain();
  expect(await fintoc.payouts()).toHaveLength(1);
  const { accountId, accountNumberId } = await inPesos(wallet.id);
  expect({ accountId, accountNumberId }).toEqual({
    accountId: moved.accountId,
    accountNumberId: moved.accountNumberId,
  });
  const { id } = await moveOf(wallet.id);
  expect(await paymentsOf(id)).toMatchObject([{ amount: 40_000n, state: 'arrived' }]);
  expect(await moneyOf(wallet)).toEqual({ available: 40_000n, reserved: 0n });
  await expectCashEqualsFintoc(fintoc);
  expect(await db().proofBreak.count({ where: { state: { not: 'cured' } } })).toBe(0);

  async function untilMovedAgain() {
    for (let turns = 0; turns < 10 && (await moveOf(wallet.id)).state !== 'moved'; turns += 1)
      await turn(fintoc);
    expect(await moveOf(wallet.id)).toMatchObject({ state: 'moved', waitsFor: null });
  }
}, 300_000);
