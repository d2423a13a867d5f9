/** What a browser may do with our answers, by what they say of themselves. */

/**
 * The Content Security Policy of a page (OWASP ASVS 5, 3.4.3): scripts run that carry this answer's nonce, and what those
 * load. Styles may stand in the page: charts and menus size themselves by them, and a style runs nothing.
 */
export function pagePolicy(nonce: string, { isDevelopment = false } = {}): string {
  return [
    "default-src 'none'",
    // React's development build tells errors by eval, and Next's reloads over a socket.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of what programs read: it is no page, and does nothing where somebody opens it as one. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A nonce is good for one answer: 128 random bits. */
export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}

/** Of an answer with this policy; empty where it has none. */
export function nonceOf(policy: string): string {
  return /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
}
