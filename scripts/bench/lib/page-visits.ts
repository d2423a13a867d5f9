import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createOperator } from '~/lib/people/access';
import { BUSY_WALLETS, CASH_ID, customersOf } from './growth-data.ts';

export { disconnect } from '~/lib/db';

/** A page as somebody opens it. `path` gets the number of the visit, so that no two visits read the same rows. */
export type Visited = { name: string; path: (nth: number) => string };

const serial = (nth: number, kind = 0) => `${kind}0000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const busy = (nth: number) => serial(nth % BUSY_WALLETS);
/** One of so many, by number. */
const one = (nth: number, many: number) => 1 + ((nth * 7_919 + 2_500) % many);
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const month = (nth: number) => `from=${day(31 + (nth % 300))}&to=${day(1 + (nth % 300))}`;

const PLAIN = [
  ...['/', '/day', '/approvals', '/cases', '/cash', '/notices', '/proof', '/inbox', '/audit', '/statements'],
  ...['/wallets', '/movements', '/customers', '/entities', '/account-numbers', '/deposits', '/deposits/all'],
  ...['/withdrawals', '/withdrawals/all', '/withdrawals/failed', '/withdrawals/new', '/adjustments/all'],
  ...['/holds', '/ledger', '/ledger/transactions', '/ledger/trial-balance', '/settings/start'],
];

/** Pages that show what grows, with filters that people use, and what they ask for while they are open. */
export function visits(movements: number): Visited[] {
  const customers = customersOf(movements);
  return [
    ...PLAIN.map((path) => ({ name: path, path: () => path })),
    { name: '/day of a month', path: (nth) => `/day?${month(nth)}` },
    { name: '/movements of a month', path: (nth) => `/movements?${month(nth)}` },
    { name: '/movements by a concept', path: () => '/movements?q=renta' },
    {
      name: '/movements by a clave de rastreo',
      path: (nth) => `/movements?q=MOV${String(one(nth, movements)).padStart(14, '0')}`,
    },
    { name: '/customers by a name', path: () => '/customers?q=quetzalcoatl' },
    { name: '/customers/[id]', path: (nth) => `/customers/${busy(nth)}` },
    {
      name: '/customers/[id], of the crowd',
      path: (nth) => `/customers/${serial(one(nth, customers), 1)}`,
    },
    { name: '/wallets/[id]', path: (nth) => `/wallets/${busy(nth)}` },
    { name: '/ledger/accounts/[id], the hot one', path: () => `/ledger/accounts/${CASH_ID}` },
    {
      name: '/ledger/transactions/[id]',
      path: (nth) => `/ledger/transactions/${one(nth, movements)}`,
    },
    { name: 'totals of a month', path: (nth) => `/api/totals/movements?${month(nth)}` },
    { name: 'the finder, a name', path: () => '/api/find?q=quetzalcoatl' },
    {
      name: 'the finder, an e-mail',
      path: (nth) => `/api/find?q=persona.${one(nth, customers)}@correo.test`,
    },
  ];
}

const EMAIL = 'pages@monedero.test';
const PASSWORD = 'a reader of every page, for a bench';

/** Somebody who may see every page, signed in over HTTP as the form does it. Answers their cookie. */
export async function signIn(address: string): Promise<string> {
  if (!(await db().operator.findUnique({ where: { email: EMAIL } })))
    await createOperator(system('setup'), {
      email: EMAIL,
      name: 'Páginas',
      role: 'admin',
      password: PASSWORD,
    });
  const cookies = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
  };
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const asked = await fetch(new URL('/api/auth/csrf', address));
  keep(asked);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(new URL('/api/auth/callback/credentials', address), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookie() },
    body: new URLSearchParams({ csrfToken, email: EMAIL, password: PASSWORD, json: 'true' }),
  });
  keep(answer);
  if (!answer.ok) throw new Error(`Signing in was answered ${answer.status}.`);
  return cookie();
}

/** Fetches one to its last byte, over a connection that stays, and answers how long that took in ms. */
export function visit(agent: http.Agent, address: string, cookie: string): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(address, { agent, headers: { cookie, accept: 'text/html' } }, (answer) => {
        let failed = false;
        // A page that breaks while it is sent has said 200 already: React leaves the error's digest in it.
        answer.setEncoding('utf8').on('data', (part: string) => {
          failed ||= part.includes('data-dgst="');
        });
        answer.once('end', () =>
          answer.statusCode === 200 && !failed
            ? resolve(performance.now() - from)
            : reject(
                new Error(`${address} was answered ${answer.statusCode}${failed ? ', with an error' : ''}.`),
              ),
        );
        answer.once('error', reject);
      })
      .once('error', reject);
  });
}
