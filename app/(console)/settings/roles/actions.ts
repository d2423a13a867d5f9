'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { changeRole, removeRole } from '~/lib/people/custom-roles';
import { PERMISSION_NAMES } from '~/lib/roles';
import { line, typed } from '~/lib/typed-text';

const role = z
  .object({
    id: z.uuid().optional(),
    name: line(60),
    portfolioIds: typed(4_000)
      .transform((ids) => ids.split(',').filter(Boolean))
      .pipe(z.array(z.uuid()))
      .default([]),
    ...Object.fromEntries(PERMISSION_NAMES.map((permission) => [permission, z.literal('on').optional()])),
    requestId: z.uuid(),
  })
  .transform(({ id, name, portfolioIds, requestId, ...ticked }) => ({
    ...{ id, name, portfolioIds, requestId },
    permissions: PERMISSION_NAMES.filter(
      (permission) => (ticked as Record<string, unknown>)[permission] === 'on',
    ),
  }));

export const changeRoleAction = operatorAction(role, changeRole, { redirectTo: () => '/settings/roles' });
export const removeRoleAction = operatorAction(z.object({ id: z.uuid() }), removeRole, {
  redirectTo: () => '/settings/roles',
});
