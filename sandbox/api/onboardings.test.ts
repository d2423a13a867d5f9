import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, SECRET_KEY, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

const COMPANY = {
  company_information: { legal_name: 'Tacos SA' },
  transactional_profile: { resource_origins: [] },
};
const SHAREHOLDERS = [{ type: 'natural_person', name: 'Ana', last_name: 'Ruiz', percentage: 100 }];

async function newEntity(holderId: string): Promise<string> {
  const { body } = await sandbox.api('POST', '/v2/entities', {
    body: { country_code: 'mx', holder_name: 'Tacos SA', holder_id: holderId },
  });
  return body.id;
}

async function upload(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ status: number; body: Json }> {
  const form = new FormData();
  form.set('file', new Blob([bytes], { type: 'application/pdf' }), 'acta.pdf');
  const response = await fetch(`${sandbox.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${SECRET_KEY}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}

const PDF = new TextEncoder().encode('%PDF-1.4 test');

test('an entity is onboarded step by step, and opens accounts once approved', async () => {
  const entityId = await newEntity('TAC010203AB1');
  const base = `/v2/entities/${entityId}/onboardings`;
  const started = await sandbox.api('POST', base, {
    body: {
      type: 'account_holder',
      data: { ...COMPANY, legal_representatives: [{ name: 'Ana' }], shareholders: SHAREHOLDERS },
    },
  });
  expect(started.status).toBe(201);
  const onboarding = started.body;
  expect(onboarding).toMatchObject({
    object: 'onboarding',
    status: 'pending',
    submittable: false,
    source: 'api',
    entity_id: entityId,
    legal_representatives: [{ name: 'Ana' }],
    shareholders: [{ object: 'onboarding_shareholder', name: 'Ana', document: { status: 'pending' } }],
  });
  expect(onboarding.id).toMatch(/^onbprc_/);
  expect((await sandbox.api('POST', `${base}/${onboarding.id}/submit`)).status).toBe(409);

  for (const slot of onboarding.documents) {
    const { status, body } = await upload(`${base}/${onboarding.id}/documents/${slot.slot_key}`, PDF);
    expect(status).toBe(200);
    expect(body.status).toBe('in_progress');
  }
  const [holder] = onboarding.shareholders;
  const last = await upload(`${base}/${onboarding.id}/shareholders/${holder.id}/document`, PDF);
  expect(last.body.submittable).toBe(true);

  expect((await sandbox.api('POST', `${base}/${onboarding.id}/submit`)).body.status).toBe('submitted');
  expect((await sandbox.api('GET', `/v2/entities/${entityId}`)).body.status).toBe('under_review');
  const approved = await sandbox.control('POST', `/onboardings/${onboarding.id}/approve`);
  expect(approved.body).toMatchObject({ status: 'approved', reviewed_at: expect.any(String) });
  expect((await sandbox.api('POST', '/v2/accounts', { body: { entity_id: entityId } })).status).toBe(201);
  const { body: events } = await sandbox.control('GET', '/events?type=entity.onboarding.approved');
  expect(events[0].data.id).toBe(onboarding.id);
});

test('the flat body of before 2026 is taken too, and after a rejection a new onboarding may start', async () => {
  const base = `/v2/entities/${await newEntity('FLA010203AB1')}/onboardings`;
  const body = { ...COMPANY, legal_representative: { name: 'Ana' }, shareholders: [] };
  const { body: first } = await sandbox.api('POST', base, { body });
  expect(first.legal_representatives).toEqual([{ name: 'Ana' }]);
  expect((await sandbox.api('POST', base, { body })).status).toBe(409);
  for (const slot of first.documents) await upload(`${base}/${first.id}/documents/${slot.slot_key}`, PDF);
  await sandbox.api('POST', `${base}/${first.id}/submit`);
  expect((await sandbox.control('POST', `/onboardings/${first.id}/reject`)).body.status).toBe('rejected');
  const second = await sandbox.api('POST', base, { body });
  expect(second.status).toBe(201);
  const { body: listed } = await sandbox.api('GET', base);
  expect(listed.map(({ id }: Json) => id)).toEqual([second.body.id, first.id]);
  expect((await sandbox.api('GET', `${base}/${first.id}`)).body.status).toBe('rejected');
});

test('a rejection says why where the reviewer does: of the whole, of a field and of a document', async () => {
  const base = `/v2/entities/${await newEntity('WHY010203AB1')}/onboardings`;
  const { body: onboarding } = await sandbox.api('POST', base, { body: COMPANY });
  for (const slot of onboarding.documents)
    await upload(`${base}/${onboarding.id}/documents/${slot.slot_key}`, PDF);
  await sandbox.api('POST', `${base}/${onboarding.id}/submit`);
  const field = 'company_information.fiscal_address';
  await sandbox.control('POST', `/onboardings/${onboarding.id}/reject`, {
    reason: 'Incomplete.',
    rejections: [{ field, reason: 'Not the one of SAT.' }],
    documents: { proof_of_address: 'Too old.' },
  });
  const { body: rejected } = await sandbox.api('GET', `${base}/${onboarding.id}`);
  expect(rejected).toMatchObject({
    status: 'rejected',
    rejection_reason: 'Incomplete.',
    rejections: [{ field, reason: 'Not the one of SAT.' }],
  });
  const reasons = rejected.documents.map(({ status, rejection_reason }: Json) => [status, rejection_reason]);
  expect(reasons).toContainEqual(['rejected', 'Too old.']);
  expect(reasons).toContainEqual(['uploaded', undefined]);
});

test('only a PDF, JPEG or PNG is taken, and only into a slot that exists', async () => {
  const base = `/v2/entities/${await newEntity('DOC010203AB1')}/onboardings`;
  const { body: onboarding } = await sandbox.api('POST', base, { body: COMPANY });
  const path = `${base}/${onboarding.id}/documents`;
  const text = await upload(`${path}/proof_of_address`, new TextEncoder().encode('hello'));
  expect(text).toMatchObject({ status: 400, body: { error: { code: 'invalid_params', param: 'file' } } });
  expect((await upload(`${path}/unknown`, PDF)).status).toBe(404);
});

test('Chile is not onboarded by API', async () => {
  const { body: entity } = await sandbox.api('POST', '/v2/entities', {
    body: { country_code: 'cl', holder_name: 'Completos SpA', holder_id: '76123456-0' },
  });
  const answer = await sandbox.api('POST', `/v2/entities/${entity.id}/onboardings`, { body: COMPANY });
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'not_supported_country' } } });
});
