import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { roleShape } from '~/lib/people/role-of';
import { permissionsOf, type Role } from '~/lib/roles';
import { joined } from '~/lib/text';

const change = z.object({ before: roleShape.nullable(), after: roleShape });

/** Which role would be made, or what it would let people do besides or no longer, as one sentence. */
export async function roleChanges(): Promise<(facts: unknown) => string> {
  const [t, words] = await Promise.all([getTranslations('approvals.sentences'), getTranslations('roles')]);
  return (facts) => {
    const { before, after } = change.parse(facts);
    const scoped = (was: Role | null, is: Role): string => {
      const [had, has] = [was, is].map((role) =>
        role === null || typeof role === 'string' ? [] : role.portfolioIds,
      );
      if (!had || !has || (had.length === 0 && has.length === 0)) return '';
      if (has.length === 0) return words('scope.lifted', { before: had.length });
      const more = has.filter((id) => !had.includes(id)).length;
      return words('scope.says', { count: has.length, more });
    };
    const said = (these: Role, others: Role | null) =>
      permissionsOf(these)
        .filter((permission) => permission !== 'console:read')
        .filter((permission) => others === null || !permissionsOf(others).includes(permission))
        .map((permission) => words(`permissions.${permission.replace(':', '_') as 'people_read'}`))
        .join(', ');
    const name = typeof after === 'string' ? after : after.name;
    const sentence =
      before === null
        ? t('newRole', { name, may: said(after, null) || words('readOnly') })
        : t('changeRole', { name, more: said(after, before) || '—', less: said(before, after) || '—' });
    return joined([sentence, scoped(before, after)]);
  };
}
