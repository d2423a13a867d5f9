import fs from 'node:fs';
import { createRequire } from 'node:module';
import {
  type APIRequestContext,
  type APIResponse,
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test';
import type axeCore from 'axe-core';
import pg from 'pg';
import { system } from '~/lib/actor';
import { createOperator } from '~/lib/people/access';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { type CustomRole, nameOfRole, refOf } from '~/lib/roles';

export { expect };

export type Role = 'admin' | 'operator' | 'approver' | 'support' | 'auditor' | 'viewer';
export type Locale = 'es-MX' | 'en';

/** Somebody who signs in; a demo operator is known by the role alone. */
export type Person = { name: string; email: string; password: string };

/** What JSON.parse gives: a test asserts it instead of typing it. */
// biome-ignore lint/suspicious/noExplicitAny: Fintoc's JSON is read field by field, and what is missing fails the test.
export type Json = any;

type Fixtures = {
  /** A page signed in as this person, or as the demo operator of this role. An error on its console fails the test. */
  pageAs: (who: Role | Person, locale?: Locale) => Promise<Page>;
  /** An operator of the test's own, for what would disturb others: preferences, disabling, wrong passwords. */
  newOperator: (role: Role | CustomRole, locale?: Locale) => Promise<Person>;
  /** Lets the browser complain of what the test provokes. */
  expectComplaint: (pattern: RegExp) => void;
  /** The local Fintoc: its own API under our key, and the control API for what Fintoc can't be asked to do. */
  fintoc: LocalFintoc;
};

export type LocalFintoc = {
  control: (path: string, body?: object) => Promise<Json>;
  read: (path: string) => Promise<Json>;
  clear: (path: '/faults' | '/delivery-rules') => Promise<void>;
  get: (path: string) => Promise<Json>;
  post: (path: string, body: object) => Promise<Json>;
  /** Delivers a body to us, signed as Fintoc signs unless a signature is given. Answers the HTTP status. */
  deliver: (body: object | string, signature?: string) => Promise<number>;
};

type Axe = typeof axeCore;
type Internals = { complaints: { seen: string[]; expected: RegExp[] } };

export const test = base.extend<Fixtures & Internals>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern.
  complaints: async ({}, use) => {
    const complaints = { seen: [] as string[], expected: [] as RegExp[] };
    await use(complaints);
    const unexpected = complaints.seen.filter((text) => !complaints.expected.some((one) => one.test(text)));
    expect(unexpected, 'the browser console stays silent').toEqual([]);
  },

  expectComplaint: async ({ complaints }, use) => {
    await use((pattern) => complaints.expected.push(pattern));
  },

  pageAs: async ({ browser, baseURL, complaints }, use) => {
    const contexts = new Set<BrowserContext>();
    await use(async (who, locale = 'es-MX') => {
      const context = await contextOf(browser, who, locale, required('NEXTAUTH_URL', baseURL));
      contexts.add(context);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.seen.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => complaints.seen.push(error.message));
      return page;
    });
    for (const context of contexts) {
      if (isShared(context)) for (const page of context.pages()) await page.close();
      else await context.close();
    }
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern.
  newOperator: async ({}, use) => {
    await use(someOperator);
  },

  fintoc: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL: required('FINTOC_BASE_URL') });
    const fintoc = localFintoc(request);
    await use(fintoc);
    // What a test planted and did not come to take away again is no other test's.
    await fintoc.clear('/faults');
    await request.dispose();
  },
});

/**
 * A demo operator signs in once for all journeys of this worker, and the browser loads and compiles the scripts once.
 * What lasts in a context (its session, its clock) is changed by operators of a test's own alone.
 */
const demoContexts = new Map<string, BrowserContext>();

const isShared = (context: BrowserContext) => [...demoContexts.values()].includes(context);

async function contextOf(
  browser: Browser,
  who: Role | Person,
  locale: Locale,
  baseURL: string,
): Promise<BrowserContext> {
  if (typeof who !== 'string') return signedIn(browser, who, locale, baseURL);
  const key = `${who} ${locale}`;
  const context = demoContexts.get(key) ?? (await signedIn(browser, demoOperator(who), locale, baseURL));
  demoContexts.set(key, context);
  return context;
}

/** Signed in over HTTP, as the form does, so that each journey starts at its own first step. */
async function signedIn(
  browser: Browser,
  { email, password }: Person,
  locale: Locale,
  baseURL: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, locale, timezoneId: 'America/Mexico_City' });
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json();
  const answer = await context.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true' },
  });
  expect(answer.ok(), `${email} can sign in`).toBe(true);
  return context;
}

export function demoOperator(role: Role): Person {
  return { name: role, email: `${role}@monedero.test`, password: required('DEMO_PASSWORD') };
}

async function someOperator(role: Role | CustomRole, locale: Locale = 'es-MX'): Promise<Person> {
  const name = unique(`Persona ${nameOfRole(role)}`);
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@monedero.test`;
  const password = `e2e-${crypto.randomUUID()}`;
  await createOperator(system('setup'), { email, name, role: refOf(role), password, locale });
  return { name, email, password };
}

function localFintoc(request: APIRequestContext): LocalFintoc {
  const headers = () => ({ Authorization: required('FINTOC_SECRET_KEY') });
  const answer = async (response: APIResponse) => {
    const text = await response.text();
    expect(response.ok(), `${response.url()}: ${text}`).toBe(true);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    control: async (path, body = {}) => answer(await request.post(`/_control${path}`, { data: body })),
    read: async (path) => answer(await request.get(`/_control${path}`)),
    clear: async (path) => answer(await request.delete(`/_control${path}`)),
    get: async (path) => answer(await request.get(path, { headers: headers() })),
    post: async (path, body) => answer(await request.post(path, { headers: headers(), data: body })),
    deliver: (body, signature) => deliver(request, body, signature),
  };
}

async function deliver(request: APIRequestContext, body: object | string, signature?: string) {
  const data = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await request.post(`${required('PUBLIC_URL')}/api/webhooks/fintoc`, {
    data: Buffer.from(data),
    headers: {
      'Content-Type': 'application/json',
      'Fintoc-Signature': signature ?? createWebhookSignature(data, await webhookSecret()),
    },
  });
  return answer.status();
}

/** Fintoc tells it once, to whoever registers; the local one keeps it in its schema. */
export async function webhookSecret(): Promise<string> {
  const [endpoint] = await asOwner<{ secret: string }>(
    'SELECT secret FROM sandbox.webhook_endpoints ORDER BY seq DESC LIMIT 1',
  );
  return String(endpoint?.secret);
}

/** Does to the database of this app what its console and worker may not. */
export async function asOwner<Row = unknown>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: required('DATABASE_OWNER_URL') });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A page that is open while its session ends asks for news, sooner or later than its next click, and is told. */
export const SESSION_ENDED = /401 .*\/api\/live\?/;

/** A name that no other test uses: tests share one database and none cleans up after another. */
export function unique(name: string): string {
  return `${name} ${Math.random().toString(36).slice(2, 8).toUpperCase().padEnd(6, '0')}`;
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Told of what is wrong alone, and without what there is nothing of here: it costs half of its time otherwise. */
const LOOK: axeCore.RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
  // Axe would look for a title once, in the moment in which a page that renders again may be without.
  rules: { 'document-title': { enabled: false } },
  resultTypes: ['violations'],
  selectors: false,
  preload: false,
};

/** WCAG 2.2 AA as axe sees it: nothing found, on the page or in the parts of it that are named. */
export async function expectAccessible(page: Page, parts?: string[]): Promise<void> {
  await expect(page).toHaveTitle(/\S/);
  // Half a megabyte of script: once for a document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const findings = await page.evaluate(
    async ({ look, context }) => {
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(context ?? document, look);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    },
    { look: LOOK, context: parts && { include: parts } },
  );
  expect.soft(findings, `axe on ${page.url()}`).toEqual([]);
}

/** Nothing sticks out sideways at this width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // A page that is just being laid out anew, as after news or another width, settles; what sticks out stays.
  await expect
    .configure({ soft: true })
    .poll(
      () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      {
        message: `no sideways scroll on ${page.url()}`,
        timeout: 10_000,
      },
    )
    .toBeLessThanOrEqual(0);
}

export function required(name: string, fallback?: string): string {
  const value = process.env[name] || fallback;
  if (!value) throw new Error(`${name} is not set: run the journeys with npm test.`);
  return value;
}
