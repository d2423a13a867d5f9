import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '~/lib/db';
import { env } from '~/lib/env';

const RETRY_MS = 5_000;

/** A wrong configuration stops the process at boot with one line, rather than the first page that needs it. */
export function checkConfiguration(): void {
  try {
    env();
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Whoever owns the tables can switch off what they refuse: web and worker don't start as such a role. A database that
 * doesn't answer yet is asked again beside everything else, until it says.
 */
export async function checkDatabaseRole(): Promise<void> {
  if (env().ALLOW_OWNER_DATABASE_ROLE === '1') return;
  if (!(await isRoleChecked())) void keepAsking();
}

async function keepAsking(): Promise<void> {
  do await sleep(RETRY_MS, undefined, { ref: false });
  while (!(await isRoleChecked()));
}

async function isRoleChecked(): Promise<boolean> {
  const excess = await excessOfRole().catch(() => undefined);
  if (excess) giveUp(excess);
  return excess !== undefined;
}

/** What is wrong with the role of DATABASE_URL, in one line; null when nothing is. */
export async function excessOfRole(): Promise<string | null> {
  const [role] = await db().$queryRaw<{ name: string; is_superuser: boolean; is_owner: boolean }[]>`
    SELECT rolname AS name, rolsuper AS is_superuser,
      (SELECT pg_has_role(oid, datdba, 'MEMBER') FROM pg_database WHERE datname = current_database())
      OR EXISTS (
        SELECT 1 FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER')
      ) AS is_owner
    FROM pg_roles r WHERE rolname = current_user`;
  if (!role?.is_superuser && !role?.is_owner) return null;
  const rights = role.is_superuser ? 'is a superuser' : 'owns the database or its tables';
  return `DATABASE_URL: the role ${role.name} ${rights}, and could rewrite the books. Give its address to npm run migrate as DATABASE_OWNER_URL and another role's to web and worker (README, "For real"), or set ALLOW_OWNER_DATABASE_ROLE=1.`;
}

function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
