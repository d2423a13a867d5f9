import { describe, expect, it } from 'vitest';
import { authorize, FINTOC, SYSTEM } from '~/lib/actor';
import { can, type Permission, ROLES, type RoleName } from '~/lib/roles';

/** Product design's table of roles, spelled out once more: a change there has to be made here as well. */
const MAY: Record<Permission, Record<RoleName, boolean>> = {
  'console:read': may('viewer support operator approver auditor admin'),
  'people:read': may('operator approver auditor admin'),
  'reveals:write': may('support'),
  'lists:export': may('operator approver auditor admin'),
  'notes:write': may('support operator approver admin'),
  'customers:write': may('operator approver admin'),
  'wallets:provision': may('operator approver admin'),
  'wallets:freeze': may('operator approver admin'),
  'kyb:write': may('operator approver admin'),
  'fintoc:sync': may('operator approver admin'),
  'deposits:simulate': may('operator approver admin'),
  'deposits:resolve': may('operator approver admin'),
  'deposits:decide': may('approver admin'),
  'withdrawals:request': may('operator approver admin'),
  'withdrawals:approve': may('approver admin'),
  'beneficiaries:block': may('approver admin'),
  'approvals:decide': may('approver admin'),
  'adjustments:request': may('operator approver admin'),
  'adjustments:approve': may('approver admin'),
  'webhooks:replay': may('operator approver admin'),
  'proof:recover': may('operator approver admin'),
  'proof:release': may('approver admin'),
  'audit:read': may('auditor admin'),
  'settings:read': may('auditor admin'),
  'settings:write': may('admin'),
  'operators:write': may('admin'),
};

function may(roles: string): Record<RoleName, boolean> {
  return Object.fromEntries(ROLES.map((role) => [role, roles.split(' ').includes(role)])) as Record<
    RoleName,
    boolean
  >;
}

const PERMISSIONS = Object.keys(MAY) as Permission[];

describe('roles', () => {
  it.each(PERMISSIONS)('%s is for exactly those who may', (permission) => {
    expect(Object.fromEntries(ROLES.map((role) => [role, can(role, permission)]))).toEqual(MAY[permission]);
  });

  it('an auditor and a viewer change nothing', () => {
    const changing = PERMISSIONS.filter((permission) => !/:(read|export)$/.test(permission));
    for (const role of ['viewer', 'auditor'] as const) {
      expect(changing.filter((permission) => can(role, permission))).toEqual([]);
    }
  });

  it('authorize refuses an operator by role, and lets the system and Fintoc act', () => {
    const viewer = { kind: 'operator', id: 'x', name: 'Vera', role: 'viewer' } as const;
    expect(() => authorize(viewer, 'withdrawals:request')).toThrowError(
      expect.objectContaining({ code: 'forbidden' }),
    );
    expect(() => authorize({ ...viewer, role: 'operator' }, 'withdrawals:request')).not.toThrow();
    for (const actor of [SYSTEM, FINTOC]) expect(() => authorize(actor, 'withdrawals:approve')).not.toThrow();
  });
});
