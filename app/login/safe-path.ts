/** Where to go after sign-in: a path of this console, never somebody else's site. */
export function safePath(wanted: string | undefined): string {
  if (!wanted) return '/';
  // next-auth hands over whole addresses; only the part behind the origin is ours to follow.
  const path = /^https?:\/\//.test(wanted) ? pathOf(wanted) : wanted;
  // "//host" and "/\host" look like paths and aren't.
  if (!/^\/(?![/\\])/.test(path)) return '/';
  const resolved = new URL(path, 'http://console.invalid');
  if (resolved.host !== 'console.invalid' || resolved.pathname.startsWith('/login')) return '/';
  return resolved.pathname + resolved.search;
}

function pathOf(address: string): string {
  if (!URL.canParse(address)) return '/';
  const { pathname, search } = new URL(address);
  return pathname + search;
}
