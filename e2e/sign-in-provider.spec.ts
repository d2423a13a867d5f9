import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Provider } from 'oidc-provider';
import { expect, test } from '~/e2e/fixtures';
import { holdScripts } from '~/e2e/steps';
import { db } from '~/lib/db';
import { env } from '~/lib/env';

/** More than openid-client waits by itself. */
const SLOW_MS = 4_000;

/** What the provider says of whoever types this name there. */
const SAID: Record<string, { email: string; email_verified: boolean }> = {};

/** A provider at the address that the app is told, with the app as its one client. */
function startProvider(): Promise<Server> {
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, NEXTAUTH_URL } = env();
  const provider = new Provider(OIDC_ISSUER, {
    clients: [
      {
        client_id: OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT_SECRET,
        redirect_uris: [new URL('/api/auth/callback/oidc', NEXTAUTH_URL).href],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...SAID[id] }),
    }),
  });
  const { port, hostname } = new URL(OIDC_ISSUER);
  const answer = provider.callback();
  let isAwake = false;
  const server = createServer(async (request, response) => {
    // Far away or asleep, as a provider is when it is first asked.
    if (!isAwake) await pause(SLOW_MS);
    isAwake = true;
    answer(request, response);
  });
  return new Promise((resolve) => {
    server.listen(Number(port), hostname, () => resolve(server));
  });
}

test('somebody whom the provider knows by the address of an operator comes in, and nobody else', async ({
  browser,
  newOperator,
}) => {
  const person = await newOperator('support');
  SAID.known = { email: person.email, email_verified: true };
  SAID.unverified = { email: person.email, email_verified: false };
  SAID.stranger = { email: 'nadie@monedero.test', email_verified: true };
  const server = await startProvider();
  try {
    for (const name of ['unverified', 'stranger', 'known']) {
      // A browser that the provider doesn't know yet.
      const context = await browser.newContext({ baseURL: env().NEXTAUTH_URL, locale: 'es-MX' });
      // Its pages ask for a font elsewhere.
      await context.route(/googleapis/, (route) => route.abort());
      const page = await context.newPage();
      const release = await holdScripts(page);
      await page.goto('/login?callbackUrl=%2Fcustomers', { waitUntil: 'commit' });
      const leave = page.getByRole('button', { name: 'Entrar con Proveedor' });
      await leave.click();
      await expect(leave).toHaveAttribute('aria-busy', 'true');
      release();
      await page.getByPlaceholder('Enter any login').fill(name);
      await page.getByPlaceholder('and password').fill('x');
      await page.getByRole('button', { name: 'Sign-in' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      if (name === 'known')
        await expect(page.getByRole('heading', { level: 1, name: 'Clientes' })).toBeVisible();
      else await expect(page.getByRole('alert')).toContainText('No pudimos reconocerte');
      await context.close();
    }
    const acts = await db().auditEntry.findMany({
      where: {
        action: { in: ['operator.signed_in', 'operator.sign_in_failed'] },
        after: { path: ['by'], equals: 'provider' },
      },
      orderBy: { id: 'asc' },
    });
    expect(acts.map(({ action }) => action)).toEqual([
      'operator.sign_in_failed',
      'operator.sign_in_failed',
      'operator.signed_in',
    ]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
