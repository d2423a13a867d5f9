import { describe, expect, it } from 'vitest';
import { earlierAnswers, knownAnswers, startingAnswers } from '~/lib/entities/kyb-answers';
import { readOnboarding } from '~/lib/entities/kyb-form';
import type { Answers } from '~/lib/entities/kyb-parts';
import { rejectionsOf } from '~/lib/entities/kyb-rejection';

const TODAY = new Date('2026-11-26T00:00:00Z');

const DATA = {
  company_information: {
    incorporation_date: '2015-03-12T00:00:00.000Z',
    business_activity: 'Abarrotes',
    fiscal_address: 'Av. Reforma 123, CDMX',
    business_address: 'Av. Reforma 123, CDMX',
    settlement_account: '032180000118359719',
    phone: '+525512345678',
  },
  transactional_profile: {
    resource_origins: ['trusts', 'loans'],
    monthly_amount_range: '1_500000',
    monthly_operations_range: '15001_30000',
  },
};
const ADA = {
  first_name: 'Ada',
  last_name: 'Ruiz',
  email: 'ada@ejemplo.mx',
  nationality: 'MX',
  identification_number: 'LOHA900101MDFPRN01',
  position: 'Directora general',
};
const ANA = {
  id: 'onbsh_1',
  type: 'natural_person',
  name: 'Ana',
  last_name: 'Soto',
  nationality: 'mx',
  percentage: 62.5,
};
const RAW = { data: DATA, legal_representatives: [ADA], shareholders: [ANA] };

describe('what nobody has to type', () => {
  it('is the day of incorporation that a company’s RFC carries, never a person’s birthday', () => {
    const dayOf = (taxId: string) => knownAnswers({ taxId }, TODAY)['company_information.incorporation_date'];
    expect(dayOf('TAC150312AB1')).toBe('2015-03-12');
    expect(dayOf('TAC990312AB1')).toBe('1999-03-12');
    expect(dayOf('TAC270101AB1')).toBe('1927-01-01');
    expect(dayOf('LOHA900101AB1')).toBeUndefined();
    expect(dayOf('76086428-5')).toBeUndefined();
  });

  it('is what the customer said of themselves, the phone with its country', () => {
    const known = (phone: string) =>
      knownAnswers({ taxId: 'TAC150312AB1', email: 'hola@tacos.mx', phone }, TODAY);
    expect(known('55 1234 5678')).toMatchObject({
      'company_information.phone': '+52 55 1234 5678',
      'company_information.same_address': 'on',
      'legal_representatives.0.email': 'hola@tacos.mx',
      'legal_representatives.0.nationality': 'mx',
    });
    expect(known('+1 212 555 0100')['company_information.phone']).toBe('+1 212 555 0100');
  });

  it('is what an earlier KYB said: sent again as it is, it is the same', () => {
    const answers = earlierAnswers(RAW);
    expect(answers).toMatchObject({
      'company_information.incorporation_date': '2015-03-12',
      'company_information.same_address': 'on',
      'transactional_profile.resource_origins.trusts': 'on',
      'transactional_profile.resource_origins.other': 'loans',
      'transactional_profile.monthly_operations_range': 'other',
      'transactional_profile.monthly_operations_range.to': '30000',
      'shareholders.0.percentage': '62.5',
    });
    const read = readOnboarding(answers);
    const { id: _, ...holder } = ANA;
    expect(read).toEqual({
      ok: true,
      data: {
        company_information: { ...DATA.company_information, incorporation_date: '2015-03-12' },
        transactional_profile: DATA.transactional_profile,
        legal_representatives: [{ ...ADA, nationality: 'mx' }],
        shareholders: [holder],
      },
    });
  });

  it('is nothing, rather than a crash, where an onboarding has a shape that we never saw', () => {
    for (const raw of [null, 'x', [], {}, { data: 'later', shareholders: [7] }])
      expect(earlierAnswers(raw)).toEqual({});
  });

  it('gives way, part by part, to what was saved and to what an earlier KYB said', () => {
    const saved = { shareholders: { 'shareholders.0.name': 'Berta' } as Answers };
    const known = knownAnswers({ taxId: 'TAC150312AB1', phone: '5512345678' }, TODAY);
    const answers = startingAnswers(saved, earlierAnswers({ data: DATA }), known);
    expect(answers['company_information.phone']).toBe('+525512345678');
    expect(answers['legal_representatives.0.nationality']).toBe('mx');
    expect(answers['shareholders.0.name']).toBe('Berta');
    expect(answers['shareholders.0.nationality']).toBeUndefined();
  });
});

describe('why Fintoc rejected', () => {
  it('is told beside the whole, the field, the document and the person that it says it of', () => {
    const raw = {
      ...RAW,
      rejection_reason: 'Faltan datos.',
      rejections: [
        { field: 'data.shareholders[0].percentage', reason: 'No suma 100 %.' },
        { slot_key: 'proof_of_address', reason: 'Tiene más de tres meses.' },
        'Llámanos.',
      ],
      documents: [
        { slot_key: 'proof_of_address', status: 'uploaded' },
        { slot_key: 'tax_registration_certificate', status: 'rejected', rejection_reason: 'No se lee.' },
      ],
      legal_representatives: [{ ...ADA, comment: 'Sin poder.' }],
    };
    expect(rejectionsOf(raw)).toEqual([
      { field: null, document: null, reason: 'Faltan datos.' },
      { field: 'shareholders.0.percentage', document: null, reason: 'No suma 100 %.' },
      { field: null, document: 'proof_of_address · ', reason: 'Tiene más de tres meses.' },
      { field: null, document: null, reason: 'Llámanos.' },
      { field: 'legal_representatives.0', document: null, reason: 'Sin poder.' },
      { field: null, document: 'tax_registration_certificate · ', reason: 'No se lee.' },
    ]);
  });

  it('is nothing where Fintoc says nothing', () => {
    for (const raw of [null, {}, RAW, { rejections: 'x', errors: [{}], rejection_reason: ' ' }])
      expect(rejectionsOf(raw)).toEqual([]);
  });
});
