import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pino from 'pino';
import { expect, it } from 'vitest';
import { maskedLine } from '~/lib/log';

const SECRETS = ['032180000118359719', 'LOHA900101AB1', 'ana.secreta@oculto.mx', '+525587654321'];
const [clabe, taxId, email, phone] = SECRETS;

/** What pino would say, before it is written. */
function line(fields: object): string {
  const said: string[] = [];
  pino({ base: undefined }, { write: (text: string) => void said.push(text) }).error(fields, 'it failed');
  return said.join('');
}

it.each([
  [
    'an error, its cause and what hangs on it',
    {
      err: Object.assign(new Error(`Key (${email}) exists`, { cause: new Error(`${clabe}`) }), {
        detail: `Failing row contains (${taxId}, ${phone}).`,
      }),
    },
  ],
  ['what Fintoc sent', { raw: { holder_id: taxId, counterparty: { account_number: clabe, phone, email } } }],
  ['a text', { reason: `No existe la cuenta ${clabe} de ${email}, RFC ${taxId}, tel. ${phone}` }],
  [
    'a body that is no JSON',
    { body: `{"holder_id":"${taxId}","account_number":"${clabe}","email":"${email}","phone":"${phone}"` },
  ],
])('nobody’s data is in the line of %s', (_what, fields) => {
  const said = line(fields);
  expect(SECRETS.some((secret) => said.includes(secret))).toBe(true);
  for (const secret of SECRETS) expect(maskedLine(said)).not.toContain(secret);
});

it('what helps to find a fault stays in its line', () => {
  const fields = {
    withdrawal: '0199f2a1-7c5e-7b1a-9d3e-5f6a7b8c9d0e',
    code: 'http_503',
    attempts: 3,
    hash: 'a'.repeat(64),
  };
  const said = maskedLine(line({ ...fields, err: new Error('No answer.') }));
  expect(JSON.parse(said)).toMatchObject({
    ...fields,
    msg: 'it failed',
    level: 50,
    err: { message: 'No answer.' },
  });
  expect(JSON.parse(said).err.stack).toContain('log.test.ts');
});

it('every line of a program goes that way', async () => {
  const program = `const { log } = await import('./lib/log.ts'); log.error({ err: new Error('${email} ${clabe}') }, 'x'); log.info({ taxId: '${taxId}' }, 'y');`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program],
    { env: { ...process.env, LOG_LEVEL: 'info' } },
  );
  expect(stdout.trim().split('\n')).toHaveLength(2);
  for (const secret of SECRETS) expect(stdout).not.toContain(secret);
});
