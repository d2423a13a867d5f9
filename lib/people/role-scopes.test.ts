import { beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { changeOperator } from '~/lib/people/access';
import { changeRole, getRole } from '~/lib/people/custom-roles';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { fitsScope, PERMISSION_NAMES } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someWallet } from '~/lib/testing/factories';

withTestDatabase();

let admin: OperatorActor;
let approver: OperatorActor;
let serial = 0;

beforeEach(async () => {
  [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
});

const someName = () => {
  serial += 1;
  return `Alcance ${serial}`;
};
const waiting = (action: string, subjectId: string) =>
  db().approval.findFirst({ where: { action, subjectId, state: 'waiting' } });
const roleNow = async ({ id }: { id: string }) =>
  roleOf(await db().operator.findUniqueOrThrow({ where: { id }, include: WITH_ROLE }));

describe('a scope', () => {
  const portfolio = async () => {
    const wallet = await someWallet();
    const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } });
    const made = await db().portfolio.create({
      data: { name: someName(), customer: { connect: { id: customerId ?? '' } } },
    });
    return made.id;
  };

  it('goes with what is of some alone: no role of it decides, moves money or is told of the house', async () => {
    const [id] = [await portfolio()];
    for (const permission of PERMISSION_NAMES.filter((each) => !fitsScope(each)))
      await expect(
        changeRole(admin, { name: someName(), permissions: [permission], portfolioIds: [id] }),
        permission,
      ).rejects.toMatchObject({ fields: { portfolioIds: 'of_the_house' } });
    const nobodys = '01890a5d-ac96-774b-bcce-b302099a8057';
    await expect(
      changeRole(admin, { name: someName(), permissions: [], portfolioIds: [nobodys] }),
    ).rejects.toMatchObject({ fields: { portfolioIds: 'unknown_portfolio' } });
  });

  it('is narrowed at once, and widened or lifted by two people', async () => {
    const [one, two] = [await portfolio(), await portfolio()];
    const { id } = await changeRole(admin, {
      ...{ name: someName(), permissions: ['people:read'], portfolioIds: [one, two] },
    });
    await approveWaiting(approver, { action: 'role.change', subjectId: id });
    const { name, permissions } = await getRole(admin, id);
    const to = (portfolioIds: string[]) => changeRole(admin, { id, name, permissions, portfolioIds });
    await to([one]);
    expect((await getRole(admin, id)).portfolioIds).toEqual([one]);
    for (const wider of [[one, two], [two], []]) {
      await to(wider);
      expect((await getRole(admin, id)).portfolioIds).toEqual([one]);
      const approvalId = (await waiting('role.change', id))?.id ?? '';
      await decideApproval(approver, { approvalId, verdict: 'declined', reason: 'No' });
    }
    await to([]);
    await approveWaiting(approver, { action: 'role.change', subjectId: id });
    expect((await getRole(admin, id)).portfolioIds).toEqual([]);
    await to([two]);
    expect((await getRole(admin, id)).portfolioIds, 'from the whole house to one').toEqual([two]);
  });

  it('is left for a built-in role, which sees the whole house, by two people', async () => {
    const { id } = await changeRole(admin, {
      ...{ name: someName(), permissions: [], portfolioIds: [await portfolio()] },
    });
    await approveWaiting(approver, { action: 'role.change', subjectId: id });
    const somebody = await someOperator(await getRole(admin, id));
    await changeOperator(admin, { id: somebody.id, role: 'viewer', disabled: false });
    expect(await roleNow(somebody)).toMatchObject({ id });
    await approveWaiting(approver, { action: 'operator.change', subjectId: somebody.id });
    expect(await roleNow(somebody)).toBe('viewer');
  });
});
