import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { signIn } from '~/lib/people/sign-in';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const PASSWORDS = ['correcto caballo', 'batería grapa nueva'] as const;

function command(args: string[], password = ''): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/operator-create.ts', ...args],
      { env: { ...process.env, OPERATOR_PASSWORD: password } },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}

it('npm run operator:create makes the first admin, and --reset is the way back in when their password is lost', async () => {
  const email = 'ana@monedero.test';
  await command(['--email', email, '--name', 'Ana'], PASSWORDS[0]);
  expect(await signIn(email, PASSWORDS[0])).not.toBeNull();
  expect(await command(['--email', 'Ana@monedero.test', '--reset'], PASSWORDS[1])).toBe(
    `Operator ${email} (admin) has a new password.\n`,
  );
  expect(await signIn(email, PASSWORDS[0])).toBeNull();
  expect(await signIn(email, PASSWORDS[1])).not.toBeNull();

  const { id } = await db().operator.findUniqueOrThrow({ where: { email } });
  await db().passkey.create({
    data: { operatorId: id, credentialId: 'lost', publicKey: new Uint8Array([1]), counter: 0n, name: 'Lost' },
  });
  const said = await command(['--email', email, '--reset']);
  expect(said).toContain('has a new password and sets up a second factor anew.');
  const shown = said.match(/Password, shown only now: (\S+)/)?.[1] ?? '';
  await expect(signIn(email, shown)).rejects.toMatchObject({ details: { ways: 'enrol' } });
  expect(
    await db().auditEntry.count({ where: { action: 'operator.password_reset', actorKind: 'system' } }),
  ).toBe(2);
});

it('it says what is missing or unknown', async () => {
  expect(await command(['--email', 'nobody@monedero.test', '--reset'])).toBe(
    'No operator nobody@monedero.test.\n',
  );
  expect(await command(['--email', 'nobody@monedero.test'])).toMatch(/^Usage: /);
});
