import type { Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { expect, test } from '~/e2e/fixtures';
import { db } from '~/lib/db';
import { env } from '~/lib/env';

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
  return new Promise((resolve) => {
    const server = provider.listen(Number(port), hostname);
    server.once('listening', () => resolve(server));
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
      await page.goto('/login?callbackUrl=%2Fcustomers');
      await page.getByRole('button', { name: 'Entrar con Proveedor' }).click();
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
