import { requireEntity } from '~/sandbox/api/entities';
import { readFile } from '~/sandbox/http/body';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import { Input, isFields } from '~/sandbox/http/input';
import { listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { newId } from '~/sandbox/ids';
import {
  type DocumentSlot,
  isOpen,
  isSubmittable,
  type OnboardingRow,
  presentOnboarding,
  type Shareholder,
  setEntityStatus,
} from '~/sandbox/onboardings';
import { now, row, rows } from '~/sandbox/state';
import { timestamp } from '~/sandbox/views';

const BASE = '/v2/entities/:entityId/onboardings';

export const onboardingRoutes: Route[] = [
  { method: 'GET', path: BASE, handle: listOnboardings },
  { method: 'POST', path: BASE, handle: startOnboarding },
  { method: 'GET', path: `${BASE}/:id`, handle: getOnboarding },
  { method: 'POST', path: `${BASE}/:id/submit`, handle: submitOnboarding },
  { method: 'PUT', path: `${BASE}/:id/documents/:slotKey`, handle: putDocument },
  { method: 'PUT', path: `${BASE}/:id/shareholders/:shareholderId/document`, handle: putShareholderDocument },
];

// Fintoc's pages name the first two; its whole list was not found.
const SLOT_KEYS = [
  'tax_registration_certificate',
  'proof_of_address',
  'articles_of_incorporation',
  'legal_representative_id',
];

const LARGEST_FILE = 20 * 1024 * 1024;
const FILE_SIGNATURES = [
  Buffer.from('%PDF'),
  Buffer.from([0xff, 0xd8, 0xff]),
  Buffer.from('\x89PNG', 'latin1'),
];

async function listOnboardings(call: Call) {
  const entity = await requireEntity(call.db, call.params.entityId);
  return listPage<OnboardingRow>(call, {
    table: 'sandbox.onboardings',
    select: 'select t.* from sandbox.onboardings t',
    where: [['t.entity_id = ?', entity.id]],
    present: presentOnboarding,
  });
}

async function startOnboarding({ sandbox, db, params, input }: Call) {
  const entity = await requireEntity(db, params.entityId);
  if (entity.country_code !== 'mx')
    throw new FintocError(422, 'not_supported_country', 'Onboarding by API is for Mexico only.');
  if (entity.is_root)
    throw new FintocError(403, 'forbidden_entity', 'The root entity is not onboarded by API.');
  const { data, legalRepresentatives, shareholders } = readBody(input, now(sandbox));
  const at = now(sandbox);
  const [started] = await rows<OnboardingRow>(
    db,
    `insert into sandbox.onboardings
       (id, entity_id, data, documents, legal_representatives, shareholders, status, created_at)
     values ($1, $2, $3, $4, $5, $6, 'pending', $7) on conflict do nothing returning *`,
    [
      newId('onbprc', at),
      entity.id,
      JSON.stringify(data),
      JSON.stringify(SLOT_KEYS.map((key) => emptySlot(key, at))),
      JSON.stringify(legalRepresentatives),
      JSON.stringify(shareholders),
      at,
    ],
  );
  if (!started) throw new FintocError(409, 'invalid_request', 'The entity already has an onboarding.');
  await setEntityStatus(db, entity.id, 'draft');
  return { status: 201, body: presentOnboarding(started) };
}

/** Both shapes: `{type, data: {…}}` of 2026 and the flat one before it, with a single legal_representative. */
function readBody(body: Input, at: Date) {
  const given = body.has('data') ? new Input(body.optionalObject('data') ?? {}, 'data.') : body;
  if (!given.has('company_information'))
    throw given.refusal('missing_parameter', 'company_information', 'is required');
  const company_information = given.optionalObject('company_information');
  const transactional_profile = given.optionalObject('transactional_profile') ?? null;
  const single = given.optionalObject('legal_representative');
  const legalRepresentatives = single ? [single] : given.list('legal_representatives');
  const shareholders = given.list('shareholders').map((item) => readShareholder(item, at));
  return { data: { company_information, transactional_profile }, legalRepresentatives, shareholders };
}

function readShareholder(item: unknown, at: Date): Shareholder {
  const given = new Input(isFields(item) ? item : {}, 'shareholders.');
  const percentage = given.raw('percentage');
  return {
    id: newId('onbsh', at),
    object: 'onboarding_shareholder',
    document: emptySlot('shareholder_id', at),
    holder_id: given.optionalText('holder_id') ?? null,
    last_name: given.optionalText('last_name') ?? null,
    name: given.text('name'),
    nationality: given.optionalText('nationality') ?? null,
    percentage: typeof percentage === 'number' ? percentage : null,
    type: given.optionalText('type') ?? 'natural_person',
  };
}

function emptySlot(key: string, at: Date): DocumentSlot {
  const id = newId('onbdoc', at);
  return {
    id,
    object: 'onboarding_document',
    slot_key: key,
    status: 'pending',
    file_name: null,
    uploaded_at: null,
  };
}

async function getOnboarding({ db, params }: Call) {
  return { status: 200, body: presentOnboarding(await requireOnboarding(db, params)) };
}

async function submitOnboarding({ sandbox, db, params }: Call) {
  const onboarding = await requireOnboarding(db, params, 'for update');
  if (!isSubmittable(onboarding))
    throw new FintocError(409, 'invalid_request', 'Documents are missing, or it was submitted before.');
  const submitted = await row<OnboardingRow>(
    db,
    `update sandbox.onboardings set status = 'submitted', submitted_at = $2 where id = $1 returning *`,
    [onboarding.id, now(sandbox)],
  );
  await setEntityStatus(db, onboarding.entity_id, 'under_review');
  return { status: 200, body: presentOnboarding(submitted ?? onboarding) };
}

function putDocument(call: Call) {
  const key = call.params.slotKey ?? '';
  return upload(call, (onboarding) => onboarding.documents.find((slot) => slot.slot_key === key), key);
}

function putShareholderDocument(call: Call) {
  const id = call.params.shareholderId ?? '';
  return upload(call, ({ shareholders }) => shareholders.find((holder) => holder.id === id)?.document, id);
}

async function upload(
  { sandbox, db, params, raw, contentType }: Call,
  find: (onboarding: OnboardingRow) => DocumentSlot | undefined,
  wanted: string,
) {
  const onboarding = await requireOnboarding(db, params, 'for update');
  const slot = find(onboarding);
  if (!slot) throw missingResource('document slot', wanted);
  if (!isOpen(onboarding))
    throw new FintocError(409, 'invalid_request', `It is ${onboarding.status} already.`);
  const file = await readFile(raw, contentType);
  const known = FILE_SIGNATURES.some((signature) =>
    file.bytes.subarray(0, signature.length).equals(signature),
  );
  if (!known) throw new FintocError(400, 'invalid_params', 'file must be a PDF, JPEG or PNG.', 'file');
  if (file.bytes.length > LARGEST_FILE)
    throw new FintocError(400, 'invalid_params', 'file must have at most 20 MB.', 'file');
  // The file itself is not kept: nothing can ask for it again.
  Object.assign(slot, { status: 'uploaded', file_name: file.name, uploaded_at: timestamp(now(sandbox)) });
  const updated = await row<OnboardingRow>(
    db,
    `update sandbox.onboardings set status = 'in_progress', documents = $2, shareholders = $3
     where id = $1 returning *`,
    [onboarding.id, JSON.stringify(onboarding.documents), JSON.stringify(onboarding.shareholders)],
  );
  return { status: 200, body: presentOnboarding(updated ?? onboarding) };
}

async function requireOnboarding(db: Call['db'], params: Call['params'], lock = ''): Promise<OnboardingRow> {
  const { entityId, id = '' } = params;
  const onboarding = await row<OnboardingRow>(
    db,
    `select * from sandbox.onboardings where id = $1 and entity_id = $2 ${lock}`,
    [id, entityId],
  );
  if (!onboarding) throw missingResource('onboarding', id);
  return onboarding;
}
