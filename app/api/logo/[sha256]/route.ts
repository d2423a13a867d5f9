import { currentOperator } from '~/lib/session';
import { findLogo } from '~/lib/statements/platform';

/** The platform's mark, as it was drawn here: never what was uploaded. By what it is, so a browser may keep it. */
export async function GET(_request: Request, { params }: RouteContext<'/api/logo/[sha256]'>) {
  const [operator, { sha256 }] = [await currentOperator(), await params];
  if (!operator) return new Response(null, { status: 401 });
  const logo = await findLogo(sha256);
  if (!logo) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(logo.png), {
    headers: {
      'Content-Type': 'image/png',
      'Content-Disposition': 'attachment; filename="logo.png"',
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}
