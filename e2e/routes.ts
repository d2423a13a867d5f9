import fs from 'node:fs';
import path from 'node:path';

/** The routes of app/: '/wallets/[id]'. */
function routes(): string[] {
  return fs
    .readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => {
      const segments = path.dirname(file).split(path.sep);
      return `/${segments.filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment)).join('/')}`;
    });
}

/** The pages whose address holds an id: '/wallets/[id]'. */
export function pagesWithIds(): string[] {
  return routes().filter((route) => route.includes('['));
}

/** Whether an address is of one record: of a page that holds an id. */
export function isOfRecord(address: string): boolean {
  return routeOf(address.split('?')[0] ?? '', routes())?.includes('[') ?? false;
}

/** The pages of the app that none of these addresses leads to. */
export function unvisited(addresses: readonly string[]): string[] {
  const all = routes();
  const visited = new Set(addresses.map((address) => routeOf(address.split('?')[0] ?? '', all)));
  return all.filter((route) => !visited.has(route)).sort();
}

/** As Next has it, a name goes before a parameter: '/wallets/new' is no '/wallets/[id]'. */
function routeOf(pathname: string, all: readonly string[]): string | undefined {
  const parameters = (route: string) => route.split('[').length;
  return all
    .filter((route) => new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, '[^/]+')}$`).test(pathname))
    .sort((a, b) => parameters(a) - parameters(b))[0];
}
