import { env } from '~/lib/env';

/**
 * Where a request came from, as the outermost of our own proxies saw it: what stands before that anybody can write. Empty
 * where nobody says.
 */
export function addressOf(headers: Pick<Headers, 'get'>, proxyHops = env().PROXY_HOPS): string {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return (hops.at(-proxyHops) ?? '').replace(/^::ffff:/i, '');
}
