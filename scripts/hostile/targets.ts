/** Everything that answers: read from the source and the build, so that nothing new is forgotten. */
import fs from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { OPERATIONS } from '~/lib/api/operations';

export type Target =
  | {
      kind: 'verb';
      method: string;
      path: string;
      query: string[];
      body: string[] | null;
      /** What it answers, and under which status; null: a file. */
      answer: { status: number; shape: z.ZodType } | null;
    }
  | { kind: 'route'; method: string; path: string }
  | { kind: 'page'; path: string }
  | { kind: 'action'; id: string; path: string };

/** @param dist  the directory of the build, which names the actions */
export function targets(dist: string): Target[] {
  return [...verbs(), ...routes(), ...pages(), ...actions(dist)];
}

function verbs(): Target[] {
  return OPERATIONS.map(({ method, path: below, query, body, status, answer, media }) => ({
    ...{ kind: 'verb', method, path: `/api/v1${below.replace(/\{(\w+)\}/g, '[$1]')}` },
    ...{ query: Object.keys(query.shape), body: body && Object.keys(body.shape) },
    answer: media ? null : { status, shape: answer },
  }));
}

function routes(): Target[] {
  return addressesOf('route.ts')
    .filter(({ address }) => !address.startsWith('/api/v1/') || /\[\.\.\.|openapi/.test(address))
    .flatMap(({ address, file }) => {
      const source = fs.readFileSync(file, 'utf8');
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
        new RegExp(`\\b${method}\\b`).test(source),
      );
      return methods.map((method): Target => ({ kind: 'route', method, path: address }));
    });
}

function pages(): Target[] {
  return addressesOf('page.tsx').map(({ address }) => ({ kind: 'page', path: address }));
}

type Manifest = { node: Record<string, { workers: Record<string, unknown> }> };

function actions(dist: string): Target[] {
  const manifest: Manifest = JSON.parse(
    fs.readFileSync(path.join(dist, 'server/server-reference-manifest.json'), 'utf8'),
  );
  return Object.entries(manifest.node).map(([id, { workers }]) => {
    const [page = 'app/page'] = Object.keys(workers);
    return { kind: 'action', id, path: addressOf(page.replace(/^app\//, '')) };
  });
}

function addressesOf(name: string): { address: string; file: string }[] {
  return fs
    .readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === name)
    .map((file) => ({ address: addressOf(file), file: path.join('app', file) }));
}

/** `(console)/wallets/[id]/page.tsx` is /wallets/[id]. */
function addressOf(file: string): string {
  const segments = path.dirname(file).split(path.sep);
  return `/${segments.filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment)).join('/')}`;
}
