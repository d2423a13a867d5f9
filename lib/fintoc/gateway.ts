import { WebhookSignature } from 'fintoc';
import { Client } from 'fintoc/build/main/lib/client.js';
import { request as requestPage } from 'fintoc/build/main/lib/paginator.js';
import { env } from '~/lib/env';
import { type SignatureRefusal, signatureRefusal } from '~/lib/fintoc/signature';
import * as translate from '~/lib/fintoc/translate';
import { type Aside, readEach, readOne } from '~/lib/fintoc/unreadable';
import { type UploadTarget, uploadPath } from '~/lib/kyb';
import { backingOff, reserveCall, reserveRead } from '~/lib/rate-limit';

/**
 * The only importer of the SDK. It calls the SDK's low-level client: the resource classes turn any string that
 * Date.parse accepts ("Factura 10451", reference "150195") into a Date and put the secret key on every object.
 */

/** What went wrong at Fintoc, and what that says about the money. */
export class FintocError extends Error {
  readonly status: number | null;
  readonly code: string;
  readonly param: string | null;

  constructor(message: string, facts: { status: number | null; code: string; param?: string | null }) {
    super(message);
    this.name = 'FintocError';
    this.status = facts.status;
    this.code = facts.code;
    this.param = facts.param ?? null;
  }

  /**
   * refused: Fintoc answered that it did nothing, and would say so again under the same key.
   * refused_now: the same, but what it lacked may come (funds, an account that is active): a new key may fare better.
   * not_now: it did nothing this time (rate limit, credentials): the same key may be sent again. Of an earlier request
   * under that key it says nothing.
   * unknown: a time-out, a broken connection or a server error: it may have done it.
   */
  get verdict(): 'refused' | 'refused_now' | 'not_now' | 'unknown' {
    const { status, code } = this;
    if (status === null || status < 400 || status >= 500 || status === 408) return 'unknown';
    // The very same request, signature and all, was there before: a proxy repeats what it got no answer to.
    if (code === 'jws_nonce_already_used') return 'unknown';
    if (status === 429 || status === 401) return 'not_now';
    if (REFUSED_NOW.has(`${status} ${code}`)) return 'refused_now';
    if (status === 403) return REFUSED_403.has(code) ? 'refused' : 'not_now';
    // A conflict may mean that the same request is under way, or that its transfer stands already.
    if (status === 409) return REFUSED_409.has(code) ? 'refused' : 'unknown';
    // Without Fintoc's error in it, it is a proxy's answer, or that of a wrong address.
    return code === `http_${status}` ? 'not_now' : 'refused';
  }
}

/** Whether Fintoc answered that it did nothing, for good or for now. */
export function isRefusal(error: unknown): boolean {
  return error instanceof FintocError && (error.verdict === 'refused' || error.verdict === 'refused_now');
}

/** Fintoc keeps an answer under its key for a day, also one that has stopped being true. */
const REFUSED_NOW: ReadonlySet<string> = new Set([
  '409 insufficient_balance',
  '403 account_not_active',
  '403 entity_not_operational',
]);
/** Of the codes that Fintoc's SDKs list per status, those that say no to this request rather than to our access. */
const REFUSED_403: ReadonlySet<string> = new Set([
  'invalid_account',
  'invalid_recipient_account',
  'recipient_blocked_account',
]);
const REFUSED_409: ReadonlySet<string> = new Set([
  'invalid_transfer_status',
  'invalid_transfer_direction',
  'account_number_limit_reached',
]);

type Params = Record<string, string>;
type Post = { path: string; body: object; idempotencyKey: string };

let shared: Client | undefined;

function client(): Client {
  if (shared) return shared;
  const settings = env();
  const made = new Client({
    baseUrl: settings.FINTOC_BASE_URL.replace(/\/$/, ''),
    apiKey: settings.FINTOC_SECRET_KEY,
    userAgent: 'monedero',
    params: {},
    jwsPrivateKey: settings.FINTOC_JWS_PRIVATE_KEY,
  });
  // The SDK has no time-out and no API version option; its axios instance takes both.
  axiosOf(made).interceptors.request.use((config) => {
    config.timeout = settings.FINTOC_TIMEOUT_MS;
    if (settings.FINTOC_API_VERSION) config.headers['Fintoc-Version'] = settings.FINTOC_API_VERSION;
    return config;
  });
  shared = made;
  return made;
}

type AxiosLike = {
  interceptors: { request: { use(change: (config: AxiosConfig) => AxiosConfig): void } };
  request(options: object): Promise<{ data: unknown }>;
};
type AxiosConfig = { timeout?: number; headers: Record<string, unknown> };

function axiosOf(sdk: Client): AxiosLike {
  // Private in the SDK's typings, public at run time.
  return (sdk as unknown as { client: AxiosLike }).client;
}

/** Runs a call and turns the SDK's errors into FintocError: they carry the secret key in their config. */
async function call<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toFintocError(error);
  }
}

function toFintocError(error: unknown): FintocError {
  const { response, code, message } = error as {
    response?: { status: number; data?: { error?: { code?: string; message?: string; param?: string } } };
    code?: string;
    message?: string;
  };
  if (!response) {
    return new FintocError(`No answer from Fintoc (${code ?? message ?? 'unknown'}).`, {
      status: null,
      code: code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'timeout' : 'connection',
    });
  }
  const told = typeof response.data === 'object' ? response.data?.error : undefined;
  return new FintocError(told?.message ?? `Fintoc answered ${response.status}.`, {
    status: response.status,
    code: told?.code ?? `http_${response.status}`,
    param: told?.param ?? null,
  });
}

/** What may wait: others go first, and a limit that was reached passes. */
function unhurried<Result>(run: () => Promise<Result>): Promise<Result> {
  const inTurn = () => reserveRead().then(() => call(run));
  return backingOff(inTurn, (error) => error instanceof FintocError && error.status === 429);
}

/** What pays, or what somebody waits for. */
async function promptly<Result>(run: () => Promise<Result>): Promise<Result> {
  await reserveCall();
  return call(run);
}

function list<Item>(path: string, params: Params, to: (raw: unknown) => Item, aside?: Aside) {
  return readEach(pages(path, params), to, aside);
}

async function* pages(path: string, params: Params): AsyncGenerator<unknown> {
  const sdk = client();
  let page = { client: axiosOf(sdk), path: `${sdk.baseUrl}${path}`, headers: sdk.staticHeaders, params };
  for (;;) {
    const { elements, next } = await unhurried(() =>
      requestPage(page as unknown as Parameters<typeof requestPage>[0]),
    );
    yield* listOf(elements);
    if (!next) return;
    page = { ...page, path: next, params: {} };
  }
}

/** A proxy may answer for Fintoc, with a page of its own. */
function listOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  throw new FintocError('Fintoc answered something else than a list.', { status: null, code: 'not_a_list' });
}

/** The SDK's typings know neither nested bodies nor the items of a list. */
function request<Answer = unknown>(options: object): Promise<Answer> {
  return (client() as unknown as { request(options: object): Promise<Answer> }).request(options);
}

/** A creation. The caller has stored the key before, so that a repetition is the same request to Fintoc. */
export function post({ path, body, idempotencyKey }: Post): Promise<unknown> {
  return promptly(() => request({ method: 'post', path, json: body, idempotencyKey }));
}

export const listEntities = (aside?: Aside) =>
  list('/v2/entities', { limit: '100' }, translate.toEntity, aside);
export const listAccounts = (params: Params = {}, aside?: Aside) =>
  list('/v2/accounts', { limit: '100', ...params }, translate.toAccount, aside);
export const listAccountNumbers = (params: Params = {}, aside?: Aside) =>
  list('/v2/account_numbers', { limit: '100', ...params }, translate.toAccountNumber, aside);
export const listTransfers = (params: Params = {}, aside?: Aside) =>
  list('/v2/transfers', { limit: '100', ...params }, translate.toTransfer, aside);
export const listOnboardings = (entityId: string, aside?: Aside) =>
  list(`/v2/entities/${encodeURIComponent(entityId)}/onboardings`, {}, translate.toOnboarding, aside);

/** One page of an account's movements, newest first, also those that can't be read: the newest, or those by a cursor. */
export async function movementPage(accountId: string, cursor: Params) {
  const path = `/v2/accounts/${encodeURIComponent(accountId)}/movements`;
  const page = await unhurried(() => request({ path, params: { limit: '100', ...cursor } }));
  return listOf(page).map((raw) => readOne(raw, translate.toMovement));
}

const get = async <Item>(path: string, to: (raw: unknown) => Item) =>
  to(await promptly(() => request({ path })));
export const getEntity = (id: string) => get(`/v2/entities/${encodeURIComponent(id)}`, translate.toEntity);
export const getAccountNumber = (id: string) =>
  get(`/v2/account_numbers/${encodeURIComponent(id)}`, translate.toAccountNumber);
export const getOnboarding = (entityId: string, id: string) =>
  get(
    `/v2/entities/${encodeURIComponent(entityId)}/onboardings/${encodeURIComponent(id)}`,
    translate.toOnboarding,
  );

export async function getTransfer(id: string) {
  const path = `/v2/transfers/${encodeURIComponent(id)}`;
  return translate.toTransfer(await unhurried(() => request({ path })));
}

/** Sends a SPEI or TEF payment. Answers the transfer as accepted: debited at Fintoc, `pending`. */
export async function createTransfer(body: object, idempotencyKey: string) {
  return translate.toTransfer(await post({ path: '/v2/transfers', body, idempotencyKey }));
}

/** Enables or disables a CLABE. A disabled one rejects what is sent to it. */
export async function updateAccountNumber(id: string, change: { status: 'enabled' | 'disabled' }) {
  const path = `/v2/account_numbers/${encodeURIComponent(id)}`;
  return translate.toAccountNumber(await promptly(() => request({ method: 'patch', path, json: change })));
}

/** One document of a KYB onboarding: the company's, a representative's or a shareholder's. PDF, JPEG or PNG up to 20 MB. */
export async function uploadDocument(
  onboarding: { entityId: string; id: string },
  target: UploadTarget,
  file: Blob,
  filename: string,
): Promise<void> {
  const base = `/v2/entities/${encodeURIComponent(onboarding.entityId)}/onboardings/${encodeURIComponent(onboarding.id)}`;
  const form = new FormData();
  form.append('file', file, filename);
  const sdk = client();
  await promptly(() =>
    axiosOf(sdk).request({
      method: 'put',
      url: `${sdk.baseUrl}${base}/${uploadPath(target)}`,
      data: form,
      headers: { ...sdk.staticHeaders, 'Content-Type': 'multipart/form-data' },
    }),
  );
}

/** Test mode only: somebody sends money to a CLABE of ours. */
export async function simulateDeposit(body: object, idempotencyKey: string) {
  return translate.toTransfer(await post({ path: '/v2/simulate/receive_transfer', body, idempotencyKey }));
}

export async function createWebhookEndpoint(
  body: { url: string; enabled_events: string[]; description: string },
  idempotencyKey: string,
) {
  return translate.toEndpoint(await post({ path: '/v1/webhook_endpoints', body, idempotencyKey }));
}

export async function deleteWebhookEndpoint(id: string): Promise<void> {
  await promptly(() =>
    request({ method: 'delete', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}` }),
  );
}

/** Whether Fintoc answers and takes our key. Waits for no turn: it is asked rarely, also when the database is away. */
export async function isReachable(): Promise<boolean> {
  try {
    await call(() => request({ path: '/v2/accounts', params: { limit: '1' } }));
    return true;
  } catch {
    return false;
  }
}

export type WebhookSecret = { of: string; secret: string };

/** Fintoc's signature over the raw body, by any of the active secrets (two while one is rotated); 300 s. */
export function verifyWebhook(
  body: string,
  header: string,
  secrets: readonly WebhookSecret[],
): { verifiedBy: string } | { refusal: SignatureRefusal } {
  let refusal: SignatureRefusal = 'no_secret';
  for (const { of, secret } of secrets) {
    try {
      WebhookSignature.verifyHeader(body, header, secret);
      return { verifiedBy: of };
    } catch (error) {
      refusal = signatureRefusal(String(error));
    }
  }
  return { refusal };
}
