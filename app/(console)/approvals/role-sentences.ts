import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { roleShape } from '~/lib/people/role-of';
import { permissionsOf, type Role } from '~/lib/roles';

const change = z.object({ before: roleShape.nullable(), after: roleShape });

/** Which role would be made, or what it would let people do besides or no longer, as one sentence. */
export async function roleChanges(): Promise<(facts: unknown) => string> {
  const [t, words] = await Promise.all([getTranslations('approvals.sentences'), getTranslations('roles')]);
  return (facts) => {
    const { before, after } = change.parse(facts);
    const said = (these: Role, others: Role | null) =>
      permissionsOf(these)
        .filter((permission) => permission !== 'console:read')
        .filter((permission) => others === null || !permissionsOf(others).includes(permission))
        .map((permission) => words(`permissions.${permission.replace(':', '_') as 'people_read'}`))
        .join(', ');
    const name = typeof after === 'string' ? after : after.name;
    if (before === null) return t('newRole', { name, may: said(after, null) || words('readOnly') });
    return t('changeRole', { name, more: said(after, before) || '—', less: said(before, after) || '—' });
  };
}
