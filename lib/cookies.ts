/** Whether operators come by https; `address` is the one that they type. */
export function isHttps(address = process.env.NEXTAUTH_URL ?? ''): boolean {
  return address.startsWith('https://');
}

/**
 * The name of a cookie of ours. Behind https it begins with `__Host-`: browsers then take it over https alone, for this
 * host and all its paths, and no neighbour under the same domain can set it (RFC 6265bis, 4.1.3.2).
 */
export function cookieName(name: string, address?: string): string {
  return isHttps(address) ? `__Host-${name}` : name;
}

/** What every cookie of ours is set with. */
export function cookieOptions(address?: string) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(address) } as const;
}

/** next-auth's own name, so that who is signed in stays so. */
export const SESSION_COOKIE = 'next-auth.session-token';
