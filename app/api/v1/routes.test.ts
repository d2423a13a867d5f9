import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Served } from '~/lib/api/handle';
import { OPERATIONS } from '~/lib/api/operations';

const here = import.meta.dirname;
/** What serves no verb of the API: its description, and what isn't there. */
const BESIDE = ['openapi.json', '[[...rest]]'];

it('every route serves the verbs of its address, and every verb has its route', async () => {
  const folders = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts'))
    .map((file) => file.replace(/\/route\.ts$/, ''));
  expect(folders).toEqual(expect.arrayContaining(BESIDE));
  const served: string[] = [];
  for (const folder of folders.filter((each) => !BESIDE.includes(each))) {
    const route: Record<string, Partial<Served> & (() => Promise<Response>)> = await import(
      path.join(here, folder, 'route.ts')
    );
    const verbs = Object.entries(route).flatMap(([method, { operation }]) => (operation ? [method] : []));
    for (const [method, answer] of Object.entries(route)) {
      const { operation } = answer;
      if (!operation) {
        const refused = await answer();
        expect([refused.status, refused.headers.get('allow')]).toEqual([405, verbs.join(', ')]);
        expect(refused.headers.get('content-type')).toBe('application/problem+json');
        continue;
      }
      expect(`${method} /${folder}`).toBe(
        `${operation.method} ${operation.path.replace(/\{(\w+)\}/g, '[$1]')}`,
      );
      served.push(operation.id);
    }
  }
  expect(served.sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});
