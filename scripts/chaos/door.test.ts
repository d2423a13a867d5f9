import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../lib/http.mjs';
import { freePort } from '../lib/ports.mjs';
import { type Door, openDoor } from './door.ts';

let webs: http.Server[];
let door: Door;
let url: string;

beforeEach(async () => {
  webs = ['first', 'second'].map((name) => http.createServer((_, response) => response.end(name)));
  for (const web of webs) await once(web.listen(0, '127.0.0.1'), 'listening');
  const port = await freePort();
  door = await openDoor(
    port,
    webs.map((web) => (web.address() as AddressInfo).port),
  );
  url = `http://127.0.0.1:${port}/`;
});
afterEach(() => {
  door.close();
  for (const web of webs) web.close();
});

const answers = async (count: number) => {
  const texts: string[] = [];
  for (let nth = 0; nth < count; nth += 1) texts.push((await ask(url)).text);
  return texts.sort();
};

it('every web has its turn, and past a dead one the others answer', async () => {
  expect(await answers(4)).toEqual(['first', 'first', 'second', 'second']);
  webs[0]?.close();
  expect(await answers(4)).toEqual(['second', 'second', 'second', 'second']);
});

it('where all are dead nobody answers', async () => {
  for (const web of webs) web.close();
  await expect(ask(url)).rejects.toThrow();
});
