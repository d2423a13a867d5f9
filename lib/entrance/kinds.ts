import { availableParallelism } from 'node:os';

/** What comes in, by what it costs and who waits for it. Pure, but for how many cores there are. */

const CORES = availableParallelism();
const KB = 1024;
const MB = 1024 * KB;

export type Kind =
  | 'webhook'
  | 'health'
  | 'static'
  | 'sign_in'
  | 'api'
  | 'api_upload'
  | 'upload'
  | 'file'
  | 'page';

type Limits = {
  /** So many are worked on at a time, and so many more wait, each at most so long; the rest hears to come back. */
  atOnce: number;
  waiting: number;
  waitMs: number;
  /** The largest body; what is larger than ANONYMOUS_BYTES only from who is signed in. */
  bodyBytes: number;
};

/** Without a session nobody sends more than this, but Fintoc. */
export const ANONYMOUS_BYTES = 256 * KB;

/**
 * Each has room of its own, so that none can take another's. A page or a file keeps a core and a connection busy: more at
 * once than the machine has would be done no sooner, and what Fintoc tells would wait behind them.
 */
export const KINDS: Readonly<Record<Kind, Limits>> = {
  webhook: { atOnce: 32, waiting: 2_000, waitMs: 20_000, bodyBytes: MB },
  health: { atOnce: 64, waiting: 200, waitMs: 5_000, bodyBytes: 64 * KB },
  static: { atOnce: 64, waiting: 2_000, waitMs: 30_000, bodyBytes: 0 },
  // A password is hashed on a core of its own for a tenth of a second.
  sign_in: { atOnce: Math.max(1, Math.floor(CORES / 2)), waiting: 60, waitMs: 20_000, bodyBytes: 64 * KB },
  api: { atOnce: 16, waiting: 1_000, waitMs: 20_000, bodyBytes: ANONYMOUS_BYTES },
  // A document of a KYB: the file alone, or in a form.
  api_upload: { atOnce: 2, waiting: 10, waitMs: 30_000, bodyBytes: 20 * MB },
  upload: { atOnce: 2, waiting: 10, waitMs: 30_000, bodyBytes: 21 * MB },
  file: { atOnce: 4, waiting: 20, waitMs: 30_000, bodyBytes: 0 },
  // A batch of withdrawals is a file of at most 5 MB, sent by a form.
  page: { atOnce: Math.min(CORES + 1, 6), waiting: 200, waitMs: 30_000, bodyBytes: 6 * MB },
};

/**
 * One caller has at most so many at a time, waiting ones included. A person's browser has six connections; of an API key
 * every second's number is counted besides (lib/api/rate.ts).
 */
export function mostOfOne(kind: Kind): number {
  return kind === 'api' || kind === 'webhook' ? 256 : 48;
}

const PATTERNS: readonly [RegExp, Kind][] = [
  [/^\/api\/webhooks\/fintoc$/, 'webhook'],
  [/^\/(metrics|api\/(alive|health|health\/ready))$/, 'health'],
  [/^\/(_next\/static\/|icon\.svg$|favicon\.ico$|robots\.txt$|api\/docs\/redoc\.js$)/, 'static'],
  [/^\/api\/(auth\/callback\/|second-factor$|step-up$)/, 'sign_in'],
  [/^\/api\/v1\/onboardings\/[^/]+\/documents$/, 'api_upload'],
  [/^\/api\/v1(\/|$)/, 'api'],
  [/^\/api\/entities\/[^/]+\/documents$/, 'upload'],
  [/^\/api\/(export|batches|statements|packs)\//, 'file'],
];

/** Of a request line. A path that isn't one of these is a page, or nothing, which a page says too. */
export function kindOf(pathname: string): Kind {
  return PATTERNS.find(([pattern]) => pattern.test(pathname))?.[1] ?? 'page';
}

/** Whether a path spells text that can be kept: in UTF-8, and without controls. */
export function isText(pathname: string): boolean {
  try {
    return !/[\p{Cc}\p{Cs}]/u.test(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}

/** Only ours may be asked for, so that no link, cookie or cache is made for another name (OWASP ASVS 5, 4.1). */
export function isKnownHost(host: string | undefined, known: readonly string[]): boolean {
  return host !== undefined && known.includes(host.toLowerCase());
}

const PROGRAMS: ReadonlySet<Kind> = new Set(['api', 'api_upload', 'webhook', 'health']);
const WRITES = /^(POST|PUT|PATCH|DELETE)$/;

/**
 * Whether a request may have come from our own pages (OWASP ASVS 5, 3.5.1). What writes in the name of who is signed in
 * says where from, as every browser does; programs come with a key or a signature, and next-auth asks for its own token.
 */
export function isFromHere(
  { method, kind, origin, site }: { method: string; kind: Kind; origin?: string; site?: string },
  hosts: readonly string[],
): boolean {
  if (!WRITES.test(method) || PROGRAMS.has(kind)) return true;
  if (origin !== undefined) return URL.canParse(origin) && hosts.includes(new URL(origin).host);
  return kind !== 'page' && (site === undefined || site === 'same-origin');
}
