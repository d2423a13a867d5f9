import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '~/lib/db';
import { type Env, env, fintocMode, isLoopback } from '~/lib/env';

const RETRY_MS = 5_000;

/** A wrong configuration stops the process at boot with one line, rather than the first page that needs it. */
export function checkConfiguration(): void {
  try {
    const given = env();
    const faults = fintocMode() === 'live' ? faultsWithMoney(given) : [];
    if (faults.length > 0) throw new Error(`With a live key Monedero does not start: ${faults.join('; ')}.`);
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
}

type Given = Pick<Env, 'NEXTAUTH_URL' | 'PUBLIC_URL' | 'FINTOC_BASE_URL' | 'OIDC_ISSUER' | 'SECOND_FACTOR'>;

/** What no configuration may say that moves real money: each a clause of one sentence. */
export function faultsWithMoney(given: Given): string[] {
  const named = (['NEXTAUTH_URL', 'PUBLIC_URL', 'FINTOC_BASE_URL', 'OIDC_ISSUER'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [[name, new URL(given[name])] as const],
  );
  const faults = named.flatMap(([name, address]) => [
    ...(address.protocol === 'https:' ? [] : [`${name} is not https`]),
    ...(isLoopback(address) ? [`${name} is an address of this machine`] : []),
  ]);
  // Who has none yet makes one at their next sign-in, so nobody is asked here who has.
  return given.SECOND_FACTOR === 'offered'
    ? [...faults, 'SECOND_FACTOR lets people decide without one']
    : faults;
}

/** What a database may not be like where the app starts. Null when it isn't, else why not, in one line. */
type Check = { name: string; inMode: 'any' | 'live'; fault: () => Promise<string | null> };

/** In this order; the first that finds something ends the process. */
export const CHECKS: readonly Check[] = [
  { name: 'rights of the role', inMode: 'any', fault: excessOfRole },
  { name: 'demo operators', inMode: 'live', fault: demoOperators },
  { name: 'the clock', inMode: 'any', fault: movedClock },
];

/**
 * Web and worker start on no database that fails one of the checks. One that doesn't answer yet is asked again beside
 * everything else, until it says.
 */
export async function checkStart(): Promise<void> {
  if (!(await isChecked())) void keepAsking();
}

async function keepAsking(): Promise<void> {
  do await sleep(RETRY_MS, undefined, { ref: false });
  while (!(await isChecked()));
}

async function isChecked(): Promise<boolean> {
  const fault = await firstFault().catch(() => undefined);
  if (fault) giveUp(fault);
  return fault !== undefined;
}

/** What the first check says that finds something; null when none does. */
export async function firstFault(mode = fintocMode()): Promise<string | null> {
  for (const { inMode, fault } of CHECKS) {
    const found = inMode === 'any' || inMode === mode ? await fault() : null;
    if (found) return found;
  }
  return null;
}

/** Whoever owns the tables can switch off what they refuse. A live key allows no exception. */
export async function excessOfRole(): Promise<string | null> {
  if (env().ALLOW_OWNER_DATABASE_ROLE === '1' && fintocMode() === 'test') return null;
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
  return `DATABASE_URL: the role ${role.name} ${rights}, and could rewrite the books. Give its address to npm run migrate as DATABASE_OWNER_URL and another role's to web and worker (README, "For real"), or, with a test key, set ALLOW_OWNER_DATABASE_ROLE=1.`;
}

/** Of those that the seed makes, one password is everybody's, and who started Monedero has seen it. */
async function demoOperators(): Promise<string | null> {
  const enabled = await db().operator.findMany({
    where: { email: { endsWith: '@monedero.test' }, disabledAt: null },
    select: { email: true },
    orderBy: { email: 'asc' },
    take: 3,
  });
  if (enabled.length === 0) return null;
  const names = enabled.map(({ email }) => email).join(', ');
  return `With a live key Monedero does not start while demo operators may sign in (${names}): disable them, or begin with a new database.`;
}

/** While a demo company is made its database stands in the past (prisma/company/clock), and stays there where that is cut off. */
async function movedClock(): Promise<string | null> {
  const [row] = await db().$queryRaw<
    { moved: boolean }[]
  >`SELECT to_regnamespace('demo_clock') IS NOT NULL AS moved`;
  if (!row?.moved) return null;
  return 'The making of a demo company was cut off in this database, and its clock stands in the past: move .data (DATA_DIR) away, and start again.';
}

function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
