import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { submitOnboarding, syncOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { currentOnboarding, documentSlots } from '~/lib/entities/kyb';
import {
  DRAFT_DAYS,
  discardDraft,
  draftSummary,
  finishPart,
  forgetDrafts,
  getKybForm,
  namedRefusal,
  saveDraft,
  sendDraft,
} from '~/lib/entities/kyb-drafts';
import type { Answers, KybPart } from '~/lib/entities/kyb-parts';
import { rejectionsOf } from '~/lib/entities/kyb-rejection';
import { getEntityPage } from '~/lib/entities/read';
import { DomainError } from '~/lib/errors';
import { syncFintoc } from '~/lib/inbox/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { KYB_ANSWERS } from '~/lib/testing/kyb';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const { company_information: COMPANY, ...REST } = KYB_ANSWERS;

let serial = 0;
async function someEntity(): Promise<string> {
  serial += 1;
  const holder_id = `TAC150312A${String(serial).padStart(2, '0')}`;
  const holder = { country_code: 'mx', holder_name: 'Tacos SA de CV', holder_id };
  const { id } = await fintoc.api('POST', '/v2/entities', holder);
  await syncFintoc(await someOperator());
  return id;
}

type Form = { editor: string; version?: number; sequence?: number; part?: KybPart };

function save(actor: OperatorActor, entityId: string, answers: Answers, form: Form) {
  const { editor, version = 0, sequence = 2, part = 'company_information' } = form;
  return saveDraft(actor, { entityId, part, answers, version, editor, sequence });
}

async function fill(
  actor: OperatorActor,
  entityId: string,
  parts: Partial<Record<KybPart, Answers>> = KYB_ANSWERS,
): Promise<void> {
  for (const [part, answers] of Object.entries(parts) as [KybPart, Answers][])
    await finishPart(actor, { entityId, part, answers, version: 0, editor: part, sequence: 1 });
}

const auditOf = async (entityId: string) =>
  (await db().auditEntry.findMany({ where: { subjectId: entityId }, orderBy: { id: 'asc' } })).filter(
    ({ action }) => action.startsWith('onboarding.draft'),
  );

describe('a KYB that is typed', () => {
  it('is kept from the first field on, as typed, and found again by whoever goes on with it', async () => {
    const [one, other] = [await someOperator(), await someOperator('approver')];
    const entityId = await someEntity();
    const { version } = await save(one, entityId, { 'company_information.phone': '55 12' }, { editor: 'a' });
    await save(
      one,
      entityId,
      { 'company_information.phone': '55 1234' },
      { editor: 'a', version, sequence: 4 },
    );
    const form = await getKybForm(other, entityId);
    expect(form.answers['company_information.phone']).toBe('55 1234');
    expect(form.parts.company_information).toMatchObject({ version: 2, savedBy: one.name });
    // What nobody saved is still what we know.
    expect(form.answers['shareholders.0.nationality']).toBe('mx');
    expect(await draftSummary(entityId)).toMatchObject({ savedBy: one.name, complete: 0, parts: 4 });
  });

  it('is not overwritten by who saw an older one: they are told by whom and when, and may save on top of it', async () => {
    const [one, other] = [await someOperator(), await someOperator()];
    const entityId = await someEntity();
    await save(one, entityId, { 'company_information.phone': 'de una' }, { editor: 'a' });
    const late = save(other, entityId, { 'company_information.phone': 'de otra' }, { editor: 'b' });
    await expect(late).rejects.toMatchObject({
      code: 'draft_changed',
      details: { by: one.name, own: 0, version: 1, at: expect.any(String) },
    });
    expect((await getKybForm(one, entityId)).answers['company_information.phone']).toBe('de una');
    await save(other, entityId, { 'company_information.phone': 'de otra' }, { editor: 'b', version: 1 });
    expect((await getKybForm(one, entityId)).answers['company_information.phone']).toBe('de otra');
  });

  it('is one draft a step: two people at two steps are in nobody’s way', async () => {
    const [one, other] = [await someOperator(), await someOperator()];
    const entityId = await someEntity();
    await save(one, entityId, COMPANY, { editor: 'a' });
    await save(other, entityId, REST.shareholders, { editor: 'b', part: 'shareholders' });
    expect(await draftSummary(entityId)).toMatchObject({ complete: 2 });
  });

  it('is not undone by a saving that comes late, out of the same form', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await save(one, entityId, { 'company_information.phone': 'nuevo' }, { editor: 'a', sequence: 6 });
    await save(one, entityId, { 'company_information.phone': 'viejo' }, { editor: 'a', sequence: 4 });
    expect((await getKybForm(one, entityId)).answers['company_information.phone']).toBe('nuevo');
  });

  it('is kept once by two savings at the same moment, and the other one is told', async () => {
    const [one, other] = [await someOperator(), await someOperator()];
    const entityId = await someEntity();
    const both = await Promise.allSettled([
      save(one, entityId, { 'company_information.phone': '1' }, { editor: 'a' }),
      save(other, entityId, { 'company_information.phone': '2' }, { editor: 'b' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('goes on to the next step only when this one is right, and says of each field what is wrong', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    const finish = (answers: Answers) =>
      finishPart(one, {
        entityId,
        part: 'company_information',
        answers,
        version: 0,
        editor: 'a',
        sequence: 1,
      });
    await expect(finish({ ...COMPANY, 'company_information.phone': '12' })).rejects.toMatchObject({
      fields: { 'company_information.phone': 'phone_format' },
    });
    await expect(finish(COMPANY)).resolves.toMatchObject({ next: 'legal_representatives' });
    await fill(one, entityId, REST);
    // Whoever comes back to correct one step needn't go through the others again.
    await expect(finish(COMPANY)).resolves.toMatchObject({ next: 'review' });
  });
});

describe('what a draft holds of people', () => {
  it('is read and written by who may write a KYB only', async () => {
    const entityId = await someEntity();
    for (const role of ['viewer', 'support', 'auditor'] as const) {
      const reader = await someOperator(role);
      await expect(getKybForm(reader, entityId)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(save(reader, entityId, COMPANY, { editor: 'a' })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(discardDraft(reader, { entityId })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('never stands in the audit log, which says who took up which part, once each', async () => {
    const [one, other] = [await someOperator(), await someOperator()];
    const entityId = await someEntity();
    await save(one, entityId, COMPANY, { editor: 'a' });
    await save(one, entityId, COMPANY, { editor: 'a', sequence: 4 });
    await save(other, entityId, COMPANY, { editor: 'b', version: 2 });
    await discardDraft(other, { entityId });
    const audit = await auditOf(entityId);
    expect(audit.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['onboarding.draft_saved', one.name],
      ['onboarding.draft_saved', other.name],
      ['onboarding.draft_discarded', other.name],
    ]);
    expect(JSON.stringify(audit.map(({ before, after }) => [before, after]))).not.toContain('Confección');
    expect(await draftSummary(entityId)).toBeNull();
  });

  it('goes when nobody came back to it for three months', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await save(one, entityId, COMPANY, { editor: 'a' });
    const later = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await forgetDrafts(later(DRAFT_DAYS - 1))).toBe(0);
    expect(await forgetDrafts(later(DRAFT_DAYS + 1))).toBeGreaterThan(0);
    expect(await draftSummary(entityId)).toBeNull();
    expect((await auditOf(entityId)).at(-1)).toMatchObject({
      action: 'onboarding.draft_forgotten',
      actorKind: 'system',
    });
  });

  it('is bounded', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    const long = { 'company_information.phone': 'x'.repeat(501) };
    await expect(save(one, entityId, long, { editor: 'a' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a draft that is sent', () => {
  it('names every field of every step that isn’t right, and stays', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await save(one, entityId, COMPANY, { editor: 'a' });
    await expect(sendDraft(one, { entityId })).rejects.toMatchObject({
      fields: {
        'legal_representatives.0.first_name': 'required',
        'transactional_profile.resource_origins': 'required',
        'shareholders.0.name': 'required',
      },
    });
    expect(await draftSummary(entityId)).toMatchObject({ complete: 1 });
  });

  it('starts the KYB at Fintoc, is gone here, and takes nothing more; sent twice it is one', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await fill(one, entityId);
    await sendDraft(one, { entityId });
    await sendDraft(one, { entityId });
    const { onboardings } = await getEntityPage(ANYBODY, entityId);
    expect(onboardings).toHaveLength(1);
    expect(await db().kybDraft.count({ where: { entityId } })).toBe(0);
    await expect(save(one, entityId, COMPANY, { editor: 'z' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('that Fintoc doesn’t take stays as it is, and can be sent again', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await fill(one, entityId);
    await fintoc.control('POST', '/faults', {
      kind: 'refusal',
      when: 'before_commit',
      path: `/v2/entities/${entityId}/onboardings`,
      status: 400,
      code: 'invalid_params',
    });
    await expect(sendDraft(one, { entityId })).rejects.toMatchObject({ code: 'fintoc_refused' });
    expect(await draftSummary(entityId)).toMatchObject({ complete: 4 });
    await sendDraft(one, { entityId });
    expect((await getEntityPage(ANYBODY, entityId)).onboardings).toHaveLength(1);
  });

  it('is told by its step where Fintoc names the field that it doesn’t take', () => {
    const refusal = (param: string) =>
      namedRefusal(
        new DomainError('fintoc_refused', 'No.', { code: 'invalid_params', reason: 'No.', param }),
      );
    expect(refusal('data.shareholders[0].name')).toMatchObject({
      code: 'kyb_refused',
      details: { part: 'shareholders', reason: 'No.' },
    });
    expect(refusal('company_information.phone')).toMatchObject({ details: { part: 'company_information' } });
    expect(refusal('')).toMatchObject({ code: 'fintoc_refused' });
  });

  it('after a rejection begins with what was sent before, beside what Fintoc says of it', async () => {
    const one = await someOperator();
    const entityId = await someEntity();
    await fill(one, entityId);
    await sendDraft(one, { entityId });
    const current = async () => {
      const onboarding = currentOnboarding((await getEntityPage(ANYBODY, entityId)).onboardings);
      if (!onboarding) throw new Error('No onboarding stands.');
      return onboarding;
    };
    const { id: onboardingId, raw } = await current();
    const file = new File(['%PDF-1.4 …'], 'documento.pdf', { type: 'application/pdf' });
    for (const { target } of documentSlots(raw))
      await uploadOnboardingDocument(one, { onboardingId, target, file });
    await submitOnboarding(one, { onboardingId });
    const field = 'company_information.fiscal_address';
    await fintoc.control('POST', `/onboardings/${onboardingId}/reject`, {
      rejections: [{ field, reason: 'No es el del SAT.' }],
      documents: { proof_of_address: 'Tiene más de tres meses.' },
    });
    await syncOnboarding(one, { onboardingId });
    const form = await getKybForm(one, entityId);
    expect(form.answers).toMatchObject({ ...COMPANY, 'company_information.phone': '+525512345678' });
    expect(rejectionsOf(form.onboarding?.raw)).toEqual([
      { field, document: null, reason: 'No es el del SAT.' },
      { field: null, document: 'proof_of_address · ', reason: 'Tiene más de tres meses.' },
    ]);
    const corrected = { ...COMPANY, [field]: 'Av. Juárez 1, CDMX' };
    await save(one, entityId, corrected, { editor: 'c' });
    // The other steps are sent again as they were.
    await sendDraft(one, { entityId });
    expect((await current()).raw).toMatchObject({
      data: {
        company_information: {
          fiscal_address: 'Av. Juárez 1, CDMX',
          business_activity: 'Confección de ropa',
        },
      },
      shareholders: [{ name: 'Ana', percentage: 100 }],
    });
  });
});
