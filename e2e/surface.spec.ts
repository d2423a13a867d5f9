import { expect, test } from '~/e2e/fixtures';
import { holdScripts } from '~/e2e/steps';

test('the sign-in page runs its own scripts and no other, and what it loads is kept by browsers', async ({
  page,
  request,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const loaded = page.waitForResponse((response) => response.url().includes('/_next/static/'));
  const answer = await page.goto('/login');
  const { 'content-security-policy': policy = '', ...headers } = answer?.headers() ?? {};
  expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/);
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect((await loaded).headers()['cache-control']).toContain('immutable');
  // The form answers, so its scripts have run.
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(complaints).toEqual([]);

  await page.evaluate(() => {
    const script = document.createElement('div');
    script.innerHTML = '<img src="data:," onerror="window.intruder = true">';
    document.body.append(script);
    document.head.insertAdjacentHTML('beforeend', '<base href="https://evil.example/">');
  });
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  expect(complaints.join('\n')).toMatch(/Content Security Policy/);
  expect(await page.evaluate(() => 'intruder' in window)).toBe(false);

  const again = await request.get('/login');
  expect(again.headers()['content-security-policy']).not.toBe(policy);
  expect((await request.get('/api/live?topic=x')).headers()['cache-control']).toBe('no-store');
});

test('who signs in before the page’s scripts are alive is in, with what they typed', async ({
  page,
  newOperator,
}) => {
  const { email, password } = await newOperator('support');
  const release = await holdScripts(page);
  await page.goto('/login', { waitUntil: 'commit' });
  await page.getByLabel('Correo').fill(email);
  await page.getByLabel('Contraseña').fill(password);
  await page.keyboard.press('Enter');
  const submit = page.getByRole('button', { name: 'Entrar', exact: true });
  await expect(submit).toHaveAttribute('aria-busy', 'true');
  release();
  await expect(page.getByRole('heading', { level: 1, name: 'Resumen' })).toBeVisible();
});

test('what is pressed while React wakes up is done', async ({ browser }) => {
  // Whether the press meets it half awake is chance: without what marks a heard press, half of such loads lose it.
  for (let load = 0; load < 8; load += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto('/login', { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await context.close();
  }
});

test('nobody sends an action from elsewhere, nor asks by another name', async ({
  request,
  pageAs,
  baseURL,
}) => {
  const page = await pageAs('viewer');
  const send = (headers: Record<string, string>) =>
    page.request.post('/wallets', {
      headers: { 'Next-Action': '0'.repeat(42), 'Content-Type': 'text/plain;charset=UTF-8', ...headers },
      data: '[]',
    });
  expect((await send({})).status()).toBe(403);
  expect((await send({ Origin: 'https://evil.example' })).status()).toBe(403);
  // From here it gets through to Next, which knows no such action.
  expect((await send({ Origin: new URL(baseURL ?? '').origin })).status()).toBe(409);
  expect((await request.get('/login', { headers: { Host: 'evil.example' } })).status()).toBe(421);
});
