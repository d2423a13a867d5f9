import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const lib = import.meta.dirname;
const below = fs.readdirSync(lib, { withFileTypes: true });
const rooms = below.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const textOf = (file: string) => fs.readFileSync(path.join(lib, '..', file), 'utf8');

/** So many files of one noun are a room. */
const A_ROOM = 3;

it('each room has its place in README’s map, and in the table of layers', () => {
  const map = textOf('README.md').match(/^```\napp\/[\s\S]*?^```/m)?.[0] ?? '';
  const layers = textOf('CONTRIBUTING.md').match(/^\| layer \| rooms \|\n[\s\S]*?\n\n/m)?.[0] ?? '';
  const named = (text: string) => new Set([...text.matchAll(/\b(\w+)\//g)].map(([, room]) => room));
  expect(rooms.filter((room) => !named(map).has(room))).toEqual([]);
  expect(rooms.filter((room) => room !== 'testing' && !layers.includes(`\`${room}/`))).toEqual([]);
});

it('a noun with three files has one', () => {
  const files = below
    .filter(({ name }) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
    .map(({ name }) => name.replace(/[-.].*$/, ''));
  const crowds = files.filter((noun) => files.filter((other) => other === noun).length >= A_ROOM);
  expect(crowds).toEqual([]);
});
