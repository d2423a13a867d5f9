import type { Role, RoleName } from '~/lib/roles';

/** What a role is called: a built-in one in the reader's language, a custom one as people named it. */
export function roleWord(words: (role: RoleName) => string, role: Role): string {
  return typeof role === 'string' ? words(role) : role.name;
}
