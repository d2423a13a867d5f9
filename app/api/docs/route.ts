import { newNonce } from '~/lib/entrance/policy';

/** Of this house alone: whatever the page would ask of another, the browser doesn't. */
const policyOf = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const pageOf = (nonce: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Monedero API</title>
<link rel="icon" href="/icon.svg">
<style>body { margin: 0 }</style>
</head>
<body>
<redoc spec-url="/api/v1/openapi.json" expand-responses="200,201" sort-required-props-first="true"></redoc>
<script nonce="${nonce}" src="/api/docs/redoc.js"></script>
</body>
</html>
`;

/** The API, for people: what /api/v1/openapi.json says, drawn by Redoc. */
export async function GET(): Promise<Response> {
  const nonce = newNonce();
  return new Response(pageOf(nonce), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyOf(nonce) },
  });
}
