import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import {
  startOnboarding,
  submitOnboarding,
  syncOnboarding,
  uploadOnboardingDocument,
} from '~/lib/entities/entities';
import { currentOnboarding, documentSlots } from '~/lib/entities/kyb';
import { getEntityPage } from '~/lib/entities/read';
import { syncFintoc } from '~/lib/inbox/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { timelineOf } from '~/lib/transfers/timeline';

withTestDatabase();
const fintoc = withLocalFintoc();

const DATA = {
  company_information: { business_activity: 'Abarrotes' },
  legal_representatives: [],
  transactional_profile: { resource_origins: ['investments'] },
  shareholders: [
    { type: 'natural_person', name: 'Ana', last_name: 'Soto', nationality: 'mx', percentage: 100 },
  ],
};
const pdf = () => new File(['%PDF-1.4 …'], 'documento.pdf', { type: 'application/pdf' });

async function someEntity(holderId: string): Promise<string> {
  const body = { country_code: 'mx', holder_name: 'Tacos SA de CV', holder_id: holderId };
  const { id } = await fintoc.api('POST', '/v2/entities', body);
  await syncFintoc(await someOperator());
  return id;
}

const onboardingOf = async (id: string) => {
  const onboarding = currentOnboarding((await getEntityPage(ANYBODY, id)).onboardings);
  if (!onboarding) throw new Error('No onboarding stands.');
  return onboarding;
};

/** Hands in every document that is missing. */
async function complete(entityId: string): Promise<string> {
  const operator = await someOperator();
  const { id, raw } = await onboardingOf(entityId);
  for (const { target } of documentSlots(raw)) {
    await uploadOnboardingDocument(operator, { onboardingId: id, target, file: pdf() });
  }
  return id;
}

describe('a KYB at Fintoc', () => {
  it('goes from its data over every document to approval, and the entity becomes operational', async () => {
    const operator = await someOperator();
    const entityId = await someEntity('TAC150312AB1');
    await startOnboarding(operator, { entityId, data: DATA });
    const onboardingId = (await onboardingOf(entityId)).id;
    await expect(submitOnboarding(operator, { onboardingId })).rejects.toMatchObject({
      code: 'fintoc_refused',
    });
    await complete(entityId);
    const filled = await onboardingOf(entityId);
    expect(filled.submittable).toBe(true);
    expect(documentSlots(filled.raw).map(({ state, fileName }) => [state, fileName])).toEqual(
      documentSlots(filled.raw).map(() => ['received', 'documento.pdf']),
    );
    await submitOnboarding(operator, { onboardingId });
    expect(await getEntityPage(ANYBODY, entityId)).toMatchObject({ status: 'under_review' });
    await fintoc.control('POST', `/onboardings/${onboardingId}/approve`);
    await syncOnboarding(operator, { onboardingId });
    expect(await getEntityPage(ANYBODY, entityId)).toMatchObject({ status: 'operational' });
    expect((await onboardingOf(entityId)).status).toBe('approved');
  });

  it('that Fintoc rejects stays in the history, and another may start', async () => {
    const operator = await someOperator();
    const entityId = await someEntity('TAC150312AB2');
    await startOnboarding(operator, { entityId, data: DATA });
    const onboardingId = await complete(entityId);
    await submitOnboarding(operator, { onboardingId });
    await expect(startOnboarding(operator, { entityId, data: DATA })).rejects.toMatchObject({
      code: 'conflict',
    });
    await fintoc.control('POST', `/onboardings/${onboardingId}/reject`);
    await syncOnboarding(operator, { onboardingId });
    await startOnboarding(operator, { entityId, data: DATA });
    expect((await onboardingOf(entityId)).id).not.toBe(onboardingId);
    expect((await getEntityPage(ANYBODY, entityId)).onboardings).toHaveLength(2);
  });

  it('leaves an audit row for each act before what it led to, and none of a file that Fintoc would refuse', async () => {
    const operator = await someOperator();
    const entityId = await someEntity('TAC150312AB3');
    await startOnboarding(operator, { entityId, data: DATA });
    const { id: onboardingId } = await onboardingOf(entityId);
    const upload = (file: File) =>
      uploadOnboardingDocument(operator, { onboardingId, target: { slot: 'proof_of_address' }, file });
    await upload(pdf());
    await expect(upload(new File(['hola'], 'hola.pdf'))).rejects.toMatchObject({ code: 'invalid' });
    const audit = await db().auditEntry.findMany({ where: { subjectId: entityId, actorKind: 'operator' } });
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'onboarding.document_uploaded',
      'onboarding.started',
    ]);
    const history = await timelineOf('entity', entityId);
    expect(history.map(({ kind }) => kind).filter((kind) => kind.startsWith('onboarding.'))).toEqual([
      'onboarding.started',
      'onboarding.pending',
      'onboarding.document_uploaded',
      'onboarding.in_progress',
    ]);
  });

  it('is started and given a document once, however often the same is asked', async () => {
    const operator = await someOperator();
    const entityId = await someEntity('TAC150312AB4');
    const start = { entityId, data: DATA, requestId: randomUUID() };
    await Promise.all([startOnboarding(operator, start), startOnboarding(operator, start)]);
    expect(await startOnboarding(operator, start)).toEqual({ id: entityId });
    const { id: onboardingId } = await onboardingOf(entityId);
    const target = { slot: 'proof_of_address' };
    const first = { onboardingId, target, file: pdf(), requestId: randomUUID() };
    await Promise.all([uploadOnboardingDocument(operator, first), uploadOnboardingDocument(operator, first)]);
    const newer = new File(['%PDF-1.4 …'], 'nuevo.pdf', { type: 'application/pdf' });
    await uploadOnboardingDocument(operator, { onboardingId, target, file: newer, requestId: randomUUID() });
    expect(await uploadOnboardingDocument(operator, first), 'late, and done already').toEqual({
      id: entityId,
    });
    const { raw } = await onboardingOf(entityId);
    expect(documentSlots(raw).find(({ key }) => key === 'proof_of_address')?.fileName).toBe('nuevo.pdf');
    await expect(uploadOnboardingDocument(operator, { ...first, file: newer })).rejects.toMatchObject({
      code: 'request_reused',
    });
    await expect(uploadOnboardingDocument(await someOperator(), first)).rejects.toMatchObject({
      code: 'request_reused',
    });
    const audit = await db().auditEntry.findMany({ where: { subjectId: entityId, actorKind: 'operator' } });
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'onboarding.document_uploaded',
      'onboarding.document_uploaded',
      'onboarding.started',
    ]);
  });
});
