import { describe, expect, it } from 'vitest';
import {
  currentOnboarding,
  documentSlots,
  kybSteps,
  type OnboardingFacts,
  takesDocuments,
} from '~/lib/entities/kyb';
import { DOCUMENT_MAX_BYTES, documentRefusal } from '~/lib/entities/kyb-document';

const RAW = {
  source: 'api',
  documents: [
    { slot_key: 'proof_of_address', status: 'pending', file_name: null },
    { key: 'tax_registration_certificate', status: 'uploaded', file_name: 'csf.pdf' },
  ],
  legal_representatives: [
    { id: 'onblr_1', first_name: 'Ada', last_name: 'Ruiz', documents: [{ key: 'identification' }] },
    { first_name: 'Sin', last_name: 'Id' },
  ],
  shareholders: [
    {
      id: 'onbsh_1',
      name: 'Ana',
      last_name: 'Soto',
      document: { slot_key: 'shareholder_id', status: 'rejected', rejection_reason: 'Está vencida' },
    },
    { id: 'onbsh_2', name: 'Sin documento', percentage: '12.5' },
  ],
};

const started = new Date('2026-11-01T10:00:00Z');

function facts(status: string, more: Partial<OnboardingFacts> = {}): OnboardingFacts {
  return {
    status,
    submittable: false,
    submittedAt: null,
    reviewedAt: null,
    createdAt: started,
    raw: RAW,
    ...more,
  };
}

const states = (onboarding: OnboardingFacts) => kybSteps(onboarding).map(({ state }) => state);

describe('document slots', () => {
  it("are read under either of Fintoc's names for the key, with whose they are and where they go", () => {
    expect(documentSlots(RAW)).toEqual([
      {
        key: 'proof_of_address',
        state: 'missing',
        fileName: null,
        person: null,
        reason: null,
        target: { slot: 'proof_of_address' },
      },
      {
        key: 'tax_registration_certificate',
        state: 'received',
        fileName: 'csf.pdf',
        person: null,
        reason: null,
        target: { slot: 'tax_registration_certificate' },
      },
      {
        key: 'identification',
        state: 'missing',
        fileName: null,
        person: 'Ada Ruiz',
        reason: null,
        target: { representativeId: 'onblr_1', slot: 'identification' },
      },
      {
        key: 'shareholder_id',
        state: 'refused',
        fileName: null,
        person: 'Ana Soto',
        reason: 'Está vencida',
        target: { shareholderId: 'onbsh_1' },
      },
    ]);
  });

  it('are none, rather than a crash, in an onboarding of a shape that we never saw', () => {
    for (const raw of [null, 'x', [], {}, { documents: 'later', shareholders: [{}] }])
      expect(documentSlots(raw)).toEqual([]);
  });

  it('take files until the onboarding is submitted, and never for one of the Dashboard', () => {
    expect(takesDocuments(facts('pending'))).toBe(true);
    expect(takesDocuments(facts('in_progress'))).toBe(true);
    expect(takesDocuments(facts('submitted'))).toBe(false);
    expect(takesDocuments(facts('pending', { raw: { ...RAW, source: 'dashboard' } }))).toBe(false);
  });
});

describe('the steps of a KYB', () => {
  it('wait for documents until none is missing', () => {
    expect(states(facts('in_progress'))).toEqual(['done', 'current', 'todo', 'todo']);
    expect(states(facts('in_progress', { submittable: true }))).toEqual(['done', 'done', 'current', 'todo']);
    const complete = { ...RAW, shareholders: [], legal_representatives: [], documents: [RAW.documents[1]] };
    expect(states(facts('in_progress', { raw: complete }))).toEqual(['done', 'done', 'current', 'todo']);
  });

  it('wait for the review, and say how it ended', () => {
    const submittedAt = new Date('2026-11-02T10:00:00Z');
    expect(states(facts('submitted', { submittedAt }))).toEqual(['done', 'done', 'done', 'current']);
    expect(states(facts('approved', { submittedAt }))).toEqual(['done', 'done', 'done', 'done']);
    expect(states(facts('rejected', { submittedAt }))).toEqual(['done', 'done', 'done', 'failed']);
    expect(states(facts('cancelled'))).toEqual(['done', 'todo', 'todo', 'failed']);
  });
});

describe('the onboarding that counts', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));

  it('is the one that is not over, whichever we saw first', () => {
    const open = { status: 'in_progress', reviewedAt: null, createdAt: at(1) };
    const rejected = { status: 'rejected', reviewedAt: at(1), createdAt: at(2) };
    expect(currentOnboarding([rejected, open])).toBe(open);
  });

  it('is else the one reviewed last, and none when there is none', () => {
    const first = { status: 'rejected', reviewedAt: at(3), createdAt: at(9) };
    const second = { status: 'rejected', reviewedAt: at(5), createdAt: at(8) };
    expect(currentOnboarding([first, second])).toBe(second);
    expect(currentOnboarding([])).toBeNull();
  });
});

describe('a document', () => {
  const file = (bytes: number[], size = bytes.length) =>
    new Blob([new Uint8Array(bytes), new Uint8Array(Math.max(size - bytes.length, 0))]);
  const PDF = [0x25, 0x50, 0x44, 0x46];

  it('is a PDF, JPEG or PNG by what is in it, whatever it is called', async () => {
    expect(await documentRefusal(file(PDF, 100))).toBeNull();
    expect(await documentRefusal(file([0xff, 0xd8, 0xff, 0xe0]))).toBeNull();
    expect(await documentRefusal(file([0x89, 0x50, 0x4e, 0x47]))).toBeNull();
    expect(await documentRefusal(new File(['MZ…'], 'acta.pdf', { type: 'application/pdf' }))).toBe(
      'file_type',
    );
  });

  it('has at least one byte and at most 20 MB', async () => {
    expect(await documentRefusal(file([]))).toBe('required');
    expect(await documentRefusal(file(PDF, DOCUMENT_MAX_BYTES))).toBeNull();
    expect(await documentRefusal(file(PDF, DOCUMENT_MAX_BYTES + 1))).toBe('file_size');
  });
});
