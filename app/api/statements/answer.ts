import { DomainError } from '~/lib/errors';
import type { TakenFile } from '~/lib/statements/file';

const STATUSES: Record<string, number> = {
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  statement_expired: 410,
};

/** A file as it is taken, to be saved; or why there is none. */
export async function fileAnswer(take: () => Promise<TakenFile>): Promise<Response> {
  try {
    const { name, type, bytes, body } = await take();
    return new Response(body, {
      headers: {
        'Content-Type': type,
        'Content-Length': String(bytes),
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response(null, { status: STATUSES[error.code] ?? 409 });
  }
}
