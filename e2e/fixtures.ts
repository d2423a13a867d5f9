import AxeBuilder from '@axe-core/playwright';
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test';

export { expect };

export type Role = 'admin' | 'operator' | 'approver' | 'support' | 'auditor' | 'viewer';

type Fixtures = {
  /** A page signed in as a demo operator of this role. Any error on the console fails the test. */
  pageAs: (role: Role) => Promise<Page>;
  /** The local Fintoc's control API: what Fintoc itself can't be asked to do. */
  fintoc: LocalFintocControl;
};

type LocalFintocControl = {
  control: (path: string, body?: object) => Promise<unknown>;
  /** Fintoc's own API, under our key. */
  get: (path: string) => Promise<unknown>;
};

export const test = base.extend<Fixtures>({
  pageAs: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (role) => {
      const context = await signedIn(browser, role, required('NEXTAUTH_URL', baseURL));
      contexts.push(context);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints, 'the browser console stays silent').toEqual([]);
  },

  fintoc: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL: required('FINTOC_BASE_URL') });
    await use(controlOf(request));
    await request.dispose();
  },
});

/** Signs in over HTTP, as the form does, so that each journey starts at its own first step. */
async function signedIn(browser: Browser, role: Role, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, locale: 'es-MX', timezoneId: 'America/Mexico_City' });
  const { csrfToken } = (await (await context.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const answer = await context.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email: emailOf(role), password: required('DEMO_PASSWORD'), json: 'true' },
  });
  expect(answer.ok(), `${role} can sign in`).toBe(true);
  return context;
}

function controlOf(request: APIRequestContext): LocalFintocControl {
  return {
    control: async (path, body = {}) => {
      const answer = await request.post(`/_control${path}`, { data: body });
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
      return answer.json();
    },
    get: async (path) =>
      (await request.get(path, { headers: { Authorization: required('FINTOC_SECRET_KEY') } })).json(),
  };
}

export function emailOf(role: Role): string {
  return `${role}@monedero.test`;
}

/** A name that no other test uses: tests share one database and none cleans up after another. */
export function unique(name: string): string {
  return `${name} ${Math.random().toString(36).slice(2, 8).toUpperCase()}`;
}

/** WCAG 2.2 AA as axe sees it: nothing found. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

/** Nothing sticks out sideways at this width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, 'no sideways scroll').toBeLessThanOrEqual(0);
}

function required(name: string, fallback?: string): string {
  const value = process.env[name] || fallback;
  if (!value) throw new Error(`${name} is not set: run the journeys with npm test.`);
  return value;
}
