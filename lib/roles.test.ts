import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Actor, authorize, system } from '~/lib/actor';
import {
  can,
  covers,
  JOB_NAMES,
  jobMay,
  type Permission,
  permissionsOf,
  ROLES,
  type RoleName,
} from '~/lib/roles';

/** Product design's table of roles, spelled out once more: a change there has to be made here as well. */
const MAY: Record<Permission, Record<RoleName, boolean>> = {
  'console:read': may('viewer support operator approver auditor admin'),
  'people:read': may('operator approver auditor admin'),
  'reveals:write': may('support'),
  'lists:export': may('operator approver auditor admin'),
  'people:export': may('admin'),
  'people:erase': may('admin'),
  'notes:write': may('support operator approver admin'),
  'cases:write': may('support operator approver admin'),
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
  'payouts:stop': may('operator approver admin'),
  'beneficiaries:block': may('approver admin'),
  'approvals:decide': may('approver admin'),
  'adjustments:request': may('operator approver admin'),
  'adjustments:approve': may('approver admin'),
  'inbox:replay': may('operator approver admin'),
  'proof:recover': may('support operator approver admin'),
  'proof:release': may('approver admin'),
  'audit:read': may('auditor admin'),
  'settings:read': may('auditor admin'),
  'settings:write': may('admin'),
  'operators:write': may('admin'),
  'keys:write': may('admin'),
  'webhooks:write': may('admin'),
};

function may(roles: string): Record<RoleName, boolean> {
  return Object.fromEntries(ROLES.map((role) => [role, roles.split(' ').includes(role)])) as Record<
    RoleName,
    boolean
  >;
}

const RAIL: Actor = { kind: 'rail', name: 'Fintoc' };
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

  it('authorize refuses whoever is not named: by role, by scope, by job, and the rail always', () => {
    const viewer = { kind: 'operator', id: 'x', name: 'Vera', role: 'viewer' } as const;
    const key = {
      kind: 'key',
      id: 'k',
      name: 'Backend',
      scopes: ['withdrawals:request'],
      limits: {},
      portfolioIds: [],
    } as const;
    const refused = expect.objectContaining({ code: 'forbidden' });
    expect(() => authorize(viewer, 'withdrawals:request')).toThrowError(refused);
    expect(() => authorize({ ...viewer, role: 'operator' }, 'withdrawals:request')).not.toThrow();
    expect(() => authorize(key, 'withdrawals:request')).not.toThrow();
    expect(() => authorize(key, 'withdrawals:approve')).toThrowError(refused);
    expect(() => authorize(system('sync'), 'fintoc:sync')).not.toThrow();
    expect(() => authorize(system('sync'), 'settings:write')).toThrowError(refused);
    for (const permission of PERMISSIONS) expect(() => authorize(RAIL, permission)).toThrowError(refused);
  });

  it('a role that people made may what it says, and nothing else', () => {
    for (const permission of PERMISSIONS) {
      const role = { id: 'r', name: 'Tesorería', permissions: [permission], portfolioIds: [] };
      expect(PERMISSIONS.filter((each) => can(role, each))).toEqual([permission]);
      const actor = { kind: 'operator', id: 'x', name: 'X', role } as const;
      expect(() => authorize(actor, permission)).not.toThrow();
    }
  });

  it('nobody hands out more than they have', () => {
    expect(ROLES.filter((role) => covers('admin', permissionsOf(role)))).toEqual([...ROLES]);
    for (const permission of PERMISSIONS)
      expect([permission, covers('viewer', [permission])]).toEqual([permission, can('viewer', permission)]);
  });

  it('no job of ours decides on what somebody asked for', () => {
    const deciding = PERMISSIONS.filter((permission) => /:(approve|decide|release|block)$/.test(permission));
    expect(JOB_NAMES.filter((job) => deciding.some((permission) => jobMay(job, permission)))).toEqual([]);
  });
});

/** Answers whatever it is asked with itself: what a verb is given here must not matter. */
const anything: unknown = new Proxy(() => anything, {
  get: (_target, name) =>
    name === 'then' ? undefined : name === Symbol.toPrimitive ? () => 'anything' : anything,
});

/**
 * `permission`: what it asks for first; null where that depends on what it is about. `inside`: it takes the transaction that
 * it is part of before who acts.
 */
type Verb = { name: string; file: string; permission: Permission | null; inside: boolean };

/** What takes an actor first is a verb, and a read that asks whether its reader may. */
const VERB = /^export (?:async )?function (\w+)(?:<[^>]*>)?\(\s*(tx: Tx,\s*)?(actor|reader): [\s\S]*?^\}/gm;

function verbsBelow(directory: string): Verb[] {
  return filesBelow(directory)
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\/|^actor\.ts$/.test(file))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(directory, file), 'utf8');
      return [...text.matchAll(VERB)].flatMap(([body, name = '', tx, who]) => {
        const asked = /authorize\((?:actor|reader)(?: as Actor)?, (?:'([\w:]+)')?/.exec(body);
        // Every reader may read what is masked for them.
        if (!asked && (who === 'reader' || tx !== undefined)) return [];
        const permission = (asked?.[1] as Permission | undefined) ?? null;
        return [{ name, file, permission, inside: tx !== undefined }];
      });
    });
}

function filesBelow(directory: string): string[] {
  return fs.readdirSync(directory, { recursive: true, encoding: 'utf8' });
}

/** Has to be asked for before anything else, and is refused to everybody whom the table doesn't name. */
async function expectRefused({ name, file, inside }: Verb, actor: unknown): Promise<void> {
  const room: Record<string, unknown> = await import(path.join(import.meta.dirname, file));
  const verb = room[name] as (...given: unknown[]) => unknown;
  const call = async () => verb(...(inside ? [anything] : []), actor, anything, anything);
  await expect(call()).rejects.toMatchObject({ code: 'forbidden' });
}

describe('verbs', () => {
  const verbs = verbsBelow(import.meta.dirname);

  it('are all found, nearly all with what they ask for', () => {
    expect(verbs.length).toBeGreaterThan(60);
    expect(verbs.filter(({ permission }) => permission === null).length).toBeLessThan(verbs.length / 5);
  });

  it.each(verbs)('$name refuses who is not named for it, before anything else', async (verb) => {
    await expectRefused(verb, RAIL);
    await expectRefused(verb, { kind: 'key', id: 'k', name: 'K', scopes: [], limits: {}, portfolioIds: [] });
    const { permission } = verb;
    const job = permission && JOB_NAMES.find((each) => !jobMay(each, permission));
    if (job) await expectRefused(verb, system(job));
    for (const role of ROLES.filter((each) => permission !== null && !MAY[permission][each]))
      await expectRefused(verb, { kind: 'operator', id: 'x', name: 'X', role });
    // A role of everything else that there is.
    const permissions = PERMISSIONS.filter((each) => each !== permission);
    const role = { id: 'r', name: 'Else', permissions, portfolioIds: [] };
    if (permission !== null) await expectRefused(verb, { kind: 'operator', id: 'x', name: 'X', role });
  });
});

const app = path.join(import.meta.dirname, '../app');
const read = (file: string) => fs.readFileSync(path.join(app, file), 'utf8');

describe('pages', () => {
  const pages = filesBelow(app).filter((file) => path.basename(file) === 'page.tsx');

  /** Whoever opens these is not signed in yet; and what leads to another page, which asks for itself. */
  const OPEN = ['login/page.tsx', 'login/link/[token]/page.tsx'];

  it.each(pages.filter((page) => !OPEN.includes(page)))(
    '%s asks who opens it, for what the table has',
    (page) => {
      const [, permission = ''] = /requireOperator\((?:'([\w:]+)')?/.exec(read(page)) ?? [];
      if (permission !== '') expect(PERMISSIONS).toContain(permission);
      else expect(read(page)).toMatch(/requireOperator\(|redirect\(/);
    },
  );
});

describe('actions', () => {
  const files = filesBelow(app).filter((file) => /\.tsx?$/.test(file) && /^'use server'/.test(read(file)));

  /** What is no `operatorAction`: they ask for themselves, or nobody has to be signed in. */
  const OTHERS = [
    ...['approveAllAction', 'declineAllAction', 'choosableAction'],
    ...['chooseLocaleAction', 'chooseTimeZoneAction', 'setPasswordByLinkAction'],
  ];

  it('ask who is signed in before they do anything', () => {
    const exported = files.flatMap((file) =>
      [...read(file).matchAll(/^export (?:async function|const) (\w+)(?: = (\w+))?/gm)].map(
        ([, name = '', made = '']) => ({ name, made }),
      ),
    );
    expect(exported.length).toBeGreaterThan(80);
    expect(exported.flatMap(({ name, made }) => (made === 'operatorAction' ? [] : [name])).sort()).toEqual(
      [...OTHERS].sort(),
    );
  });
});

describe('routes', () => {
  const routes = filesBelow(app).filter((file) => path.basename(file) === 'route.ts');

  /** For a machine or for nobody in particular: what they take, or show, is known by itself. */
  const OPEN =
    /^api\/(v1\/|auth\/|docs\/|health\/|alive\/|webhooks\/fintoc\/|second-factor\/|statements\/\[id\]\/\[code\]\/)/;
  /** These ask in a file that they share. */
  const SHARED = /^api\/entities\//;

  it.each(routes.filter((route) => !OPEN.test(route)))('%s asks who is signed in', (route) => {
    const text = read(SHARED.test(route) ? 'api/entities/answer.ts' : route);
    expect(text).toMatch(/currentOperator\(|currentActor\(|signedIn\(|stayAwake\(/);
  });
});
