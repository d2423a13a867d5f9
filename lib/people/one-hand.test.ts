import { expect, it } from 'vitest';
import { type Actor, type OperatorActor, system } from '~/lib/actor';
import { fourEyesOff } from '~/lib/approvals/four-eyes';
import { createOperator, inviteOperator } from '~/lib/people/access';
import type { RoleName } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

let serial = 0;

async function person(role: RoleName, by: Actor = system('setup')): Promise<OperatorActor> {
  serial += 1;
  const called = { email: `p${serial}@monedero.test`, name: `P${serial}`, role };
  const { id, name } =
    by.kind === 'operator'
      ? await inviteOperator(by, called)
      : await createOperator(by, { ...called, password: 'correcto caballo' });
  return { kind: 'operator', id, name, role };
}

const aDayPasses = () => tamper(`UPDATE operator_changes SET at = at - interval '25 hours'`);

it('after a day an only admin’s own creature may decide, which the console says until somebody else could', async () => {
  const [admin, wallet] = [await person('admin'), await someWallet()];
  await fundWallet(wallet, 10_000_000n);
  const creature = await person('approver', admin);
  expect(await fourEyesOff()).toEqual({ why: 'made_by_one', name: admin.name });
  await aDayPasses();
  const { id } = await withdraw(admin, wallet, { amount: 6_000_000n });
  await approveWithdrawal(creature, { withdrawalId: id });
  expect(await withdrawalRow(id)).toMatchObject({ status: 'queued' });
  expect(await fourEyesOff()).toEqual({ why: 'made_alone', name: admin.name });

  // Whom the one asks for and the other lets in is of the same hand.
  const second = await person('admin', admin);
  await approveWaiting(creature, { action: 'operator.enrol', subjectId: second.id });
  await aDayPasses();
  expect(await fourEyesOff()).toEqual({ why: 'made_alone', name: admin.name });
  await person('approver');
  expect(await fourEyesOff()).toBeNull();
});
