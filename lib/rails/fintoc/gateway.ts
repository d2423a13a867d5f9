import { WebhookSignature } from 'fintoc';
import { Client } from 'fintoc/build/main/lib/client.js';
import { request as requestPage } from 'fintoc/build/main/lib/paginator.js';
import { type UploadTarget, uploadPath } from '~/lib/entities/kyb-slots';
import { env } from '~/lib/env';
import type { Aside } from '~/lib/rails/failures';
import { FintocError, toFintocError } from '~/lib/rails/fintoc/answers';
import { PAGE_LIMIT } from '~/lib/rails/fintoc/facts';
import { signatureRefusal } from '~/lib/rails/fintoc/signature';
import * as translate from '~/lib/rails/fintoc/translate';
import { toEntity, toOnboarding } from '~/lib/rails/fintoc/translate-entities';
import { reserveCall, reserveRead } from '~/lib/rails/fintoc/turns';
import { fieldsOf, readEach, readOne } from '~/lib/rails/fintoc/unreadable';
import type { DeliverySecret, SignatureRefusal } from '~/lib/rails/rail';
import { backingOff } from '~/lib/rate-limit';

/**
 * The only importer of the SDK. It calls the SDK's low-level client: the resource classes turn any string that
 * Date.parse accepts ("Factura 10451", reference "150195") into a Date and put the secret key on every object.
 */

type Params = Record<string, string>;
type Post = {
  path: string;
  body: object;
  idempotencyKey: string;
  inTurn?: (() => Promise<void>) | undefined;
};

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
    // A redirect would carry the key elsewhere.
    config.maxRedirects = 0;
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
type AxiosConfig = {
  timeout?: number;
  maxRedirects?: number;
  headers: Record<string, unknown>;
};

function axiosOf(sdk: Client): AxiosLike {
  // Private in the SDK's typings, public at run time.
  return (sdk as unknown as { client: AxiosLike }).client;
}

/** Every request carries the key, so where an answer's link sends the next one is not believed. */
function assertFintocs(address: string, base: string): void {
  if (URL.canParse(address) && new URL(address).origin === new URL(base).origin) return;
  throw new FintocError('Fintoc named an address of somebody else.', {
    status: null,
    code: 'foreign_address',
  });
}

/** Runs a call and turns the SDK's errors into FintocError: they carry the secret key in their config. */
async function call<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toFintocError(error);
  }
}

/** What may wait: others go first, and a limit that was reached passes. */
function unhurried<Result>(run: () => Promise<Result>): Promise<Result> {
  const inTurn = () => reserveRead().then(() => call(run));
  return backingOff(inTurn, (error) => error instanceof FintocError && error.status === 429);
}

/** What pays, or what somebody waits for. */
async function promptly<Result>(run: () => Promise<Result>, inTurn?: () => Promise<void>): Promise<Result> {
  await reserveCall();
  await inTurn?.();
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
    assertFintocs(next, sdk.baseUrl);
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
export function post({ path, body, idempotencyKey, inTurn }: Post): Promise<unknown> {
  return promptly(() => request({ method: 'post', path, json: body, idempotencyKey }), inTurn);
}

export const listEntities = (aside?: Aside) => list('/v2/entities', { limit: '100' }, toEntity, aside);
export const listAccounts = (params: Params = {}, aside?: Aside) =>
  list('/v2/accounts', { limit: '100', ...params }, translate.toAccount, aside);
export const listAccountNumbers = (params: Params = {}, aside?: Aside) =>
  list('/v2/account_numbers', { limit: '100', ...params }, translate.toAccountNumber, aside);
export const listTransfers = (params: Params = {}, aside?: Aside) =>
  list('/v2/transfers', { limit: '100', ...params }, translate.toTransfer, aside);
export const listVerifications = (params: Params, aside?: Aside) =>
  list('/v2/account_verifications', { limit: '100', ...params }, translate.toVerification, aside);
export const listOnboardings = (entityId: string, aside?: Aside) =>
  list(`/v2/entities/${encodeURIComponent(entityId)}/onboardings`, {}, toOnboarding, aside);

/** One page of an account's movements, newest first, also those that can't be read: the newest, or those by a cursor. */
export async function movementPage(accountId: string, cursor: Params) {
  const path = `/v2/accounts/${encodeURIComponent(accountId)}/movements`;
  const page = await unhurried(() => request({ path, params: { limit: String(PAGE_LIMIT), ...cursor } }));
  return listOf(page).map((raw) => readOne(raw, translate.toMovement));
}

/** A proxy may answer for Fintoc here too, with a page of its own and any status. */
function named(answer: unknown, id: string): unknown {
  if (fieldsOf(answer).id === id) return answer;
  throw new FintocError('Fintoc answered something else than what was asked for.', {
    status: null,
    code: 'not_the_object',
  });
}

const get = async <Item>(path: string, id: string, to: (raw: unknown) => Item) =>
  to(named(await promptly(() => request({ path: `${path}/${encodeURIComponent(id)}` })), id));
export const getEntity = (id: string) => get('/v2/entities', id, toEntity);
export const getAccount = (id: string) => get('/v2/accounts', id, translate.toAccount);
export const getAccountNumber = (id: string) => get('/v2/account_numbers', id, translate.toAccountNumber);
export const getVerification = (id: string) => get('/v2/account_verifications', id, translate.toVerification);
export const getOnboarding = (entityId: string, id: string) =>
  get(`/v2/entities/${encodeURIComponent(entityId)}/onboardings`, id, toOnboarding);

export async function getTransfer(id: string) {
  const path = `/v2/transfers/${encodeURIComponent(id)}`;
  return translate.toTransfer(named(await unhurried(() => request({ path })), id));
}

/** Waits for the next call that Fintoc allows: what is asked before a payment is asked after this wait. */
export const awaitTurn = reserveCall;

/**
 * Sends a SPEI or TEF payment, at once: its turn was awaited. Answers the transfer as accepted: debited at Fintoc,
 * `pending`.
 */
export async function createTransfer(body: object, idempotencyKey: string) {
  const path = '/v2/transfers';
  return translate.toTransfer(
    await call(() => request({ method: 'post', path, json: body, idempotencyKey })),
  );
}

/** Has Fintoc send a centavo to a CLABE, to learn whose it is; at once: its turn was awaited. */
export async function createVerification(number: string, idempotencyKey: string) {
  const path = '/v2/account_verifications';
  const json = { account_number: number };
  return translate.toVerification(await call(() => request({ method: 'post', path, json, idempotencyKey })));
}

type NumberChange =
  | { status: 'enabled' | 'disabled' }
  | { options: { min_amount: number | null; max_amount: number | null } };

/** Changes a CLABE. What is sent to a disabled one, or is outside its options, it rejects. */
export async function updateAccountNumber(id: string, change: NumberChange) {
  const path = `/v2/account_numbers/${encodeURIComponent(id)}`;
  return translate.toAccountNumber(await promptly(() => request({ method: 'patch', path, json: change })));
}

/** Deletes a CLABE; a root number can't be. What it answers is of no use: the number is gone. */
export async function deleteAccountNumber(id: string): Promise<void> {
  const path = `/v2/account_numbers/${encodeURIComponent(id)}`;
  await promptly(() => request({ method: 'delete', path }));
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

/** At the local Fintoc only: a transfer ends as it is told to. */
export async function rehearseEnd(id: string, end: 'fail' | 'return'): Promise<void> {
  await promptly(() =>
    request({ method: 'post', path: `/_control/transfers/${encodeURIComponent(id)}/${end}`, json: {} }),
  );
}

/** At the local Fintoc only: its clock goes forward. Answers its time. */
export async function passTime(seconds: number): Promise<Date> {
  const told = await promptly(() =>
    request<{ now: string }>({ method: 'post', path: '/_control/time/advance', json: { seconds } }),
  );
  return new Date(told.now);
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

/** Fintoc's signature over the raw body, by any of the active secrets (two while one is rotated); 300 s. */
export function verifyWebhook(
  body: string,
  header: string,
  secrets: readonly DeliverySecret[],
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
