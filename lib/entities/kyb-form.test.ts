import { describe, expect, it } from 'vitest';
import { readOnboarding, readPart } from '~/lib/entities/kyb-form';
import { type Answers, partOf } from '~/lib/entities/kyb-parts';

const GOOD: Answers = {
  'company_information.incorporation_date': '2020-01-15',
  'company_information.business_activity': 'Abarrotes',
  'company_information.fiscal_address': 'Av. Reforma 123, CDMX',
  'company_information.business_address': 'Av. Insurgentes 456, CDMX',
  'company_information.settlement_account': '032180 0001 1835 9719',
  'company_information.phone': '+52 (55) 1234-5678',
  'legal_representatives.0.first_name': 'Ada',
  'legal_representatives.0.last_name': 'Ruiz',
  'legal_representatives.0.email': 'ada@ejemplo.mx',
  'legal_representatives.0.nationality': 'MX',
  'legal_representatives.0.identification_number': 'loha900101mdfprn01',
  'legal_representatives.0.position': 'Directora general',
  'transactional_profile.resource_origins.investments': 'on',
  'transactional_profile.resource_origins.other': 'Loans, loans',
  'transactional_profile.monthly_amount_range': '1_500000',
  'transactional_profile.monthly_operations_range': 'other',
  'transactional_profile.monthly_operations_range.from': '15,001',
  'transactional_profile.monthly_operations_range.to': '30,000',
  'shareholders.0.type': 'natural_person',
  'shareholders.0.name': 'Ana',
  'shareholders.0.last_name': 'Soto',
  'shareholders.0.nationality': 'mx',
  'shareholders.0.percentage': '66.67',
  'shareholders.3.type': 'legal_entity',
  'shareholders.3.name': 'Acme SA',
  'shareholders.3.last_name': 'se quedó de antes',
  'shareholders.3.holder_id': 'AES150312KX4',
  'shareholders.3.nationality': 'de',
  'shareholders.3.percentage': '33,33 %',
};

function issues(changes: Record<string, string | undefined>) {
  const answers = Object.fromEntries(
    Object.entries({ ...GOOD, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const read = readOnboarding(answers);
  return read.ok ? {} : read.issues;
}

describe('the answers of a KYB', () => {
  it('become the body that Fintoc takes: choices as its codes, CLABE and tax ids bare, percentages as numbers', () => {
    expect(readOnboarding(GOOD)).toEqual({
      ok: true,
      data: {
        company_information: {
          incorporation_date: '2020-01-15',
          business_activity: 'Abarrotes',
          fiscal_address: 'Av. Reforma 123, CDMX',
          business_address: 'Av. Insurgentes 456, CDMX',
          settlement_account: '032180000118359719',
          phone: '+525512345678',
        },
        legal_representatives: [
          {
            first_name: 'Ada',
            last_name: 'Ruiz',
            email: 'ada@ejemplo.mx',
            nationality: 'mx',
            identification_number: 'LOHA900101MDFPRN01',
            position: 'Directora general',
          },
        ],
        transactional_profile: {
          resource_origins: ['investments', 'loans'],
          monthly_amount_range: '1_500000',
          monthly_operations_range: '15001_30000',
        },
        shareholders: [
          { type: 'natural_person', name: 'Ana', last_name: 'Soto', nationality: 'mx', percentage: 66.67 },
          {
            type: 'legal_entity',
            name: 'Acme SA',
            holder_id: 'AES150312KX4',
            nationality: 'de',
            percentage: 33.33,
          },
        ],
      },
    });
  });

  it('go to Fintoc as they can be seen: composed, on one line, with nothing hidden, a phone in digits alone', () => {
    expect(
      readPart('shareholders', {
        'shareholders.0.type': 'natural_person',
        'shareholders.0.name': '\u202eMari\u0301a\u00a0 \u200bJose\u0301\n',
        'shareholders.0.last_name': 'Nun\u0303ez\u2066',
        'shareholders.0.nationality': '\u200bMX',
        'shareholders.0.percentage': '\u00a066,67\u202f%\u200e',
      }),
    ).toEqual({
      ok: true,
      data: [
        {
          type: 'natural_person',
          name: 'María José',
          last_name: 'Nuñez',
          nationality: 'mx',
          percentage: 66.67,
        },
      ],
    });
    const phone = { ...GOOD, 'company_information.phone': '\u202a+52\u00a055\u20111234\u22125678\u202c' };
    expect(readPart('company_information', phone)).toMatchObject({ data: { phone: '+525512345678' } });
  });

  it.each(['\u200b', '\u202e\u2069', '\u3164 \u2800', '\u0301'])('%j is no answer', (unseen) => {
    for (const field of ['company_information.business_activity', 'legal_representatives.0.first_name'])
      expect(issues({ [field]: unseen })).toEqual({ [field]: 'required' });
  });

  it('say one address twice where the company operates at the fiscal one', () => {
    const same = { ...GOOD, 'company_information.same_address': 'on' };
    expect(readPart('company_information', same)).toMatchObject({
      data: { fiscal_address: 'Av. Reforma 123, CDMX', business_address: 'Av. Reforma 123, CDMX' },
    });
    expect(issues({ 'company_information.business_address': undefined })).toEqual({
      'company_information.business_address': 'required',
    });
  });

  it('name the very field that is wrong, also in a row after one that was removed', () => {
    expect(
      issues({
        'shareholders.3.holder_id': 'AES15',
        'shareholders.3.percentage': 'a third',
        'shareholders.0.last_name': undefined,
        'shareholders.0.nationality': 'zz',
        'legal_representatives.0.email': 'ada',
        'company_information.settlement_account': '032180000118359718',
        'company_information.incorporation_date': '2999-01-01',
        'transactional_profile.resource_origins.other': 'Venta de ropa, 2ª mano',
        'transactional_profile.monthly_amount_range': 'mucho',
        'transactional_profile.monthly_operations_range.from': '40,000',
      }),
    ).toEqual({
      'shareholders.3.holder_id': 'tax_id_format',
      'shareholders.3.percentage': 'percentage_format',
      'shareholders.0.last_name': 'required',
      'shareholders.0.nationality': 'country_format',
      'legal_representatives.0.email': 'email_format',
      'company_information.settlement_account': 'clabe_check_digit',
      'company_information.incorporation_date': 'date_future',
      'transactional_profile.resource_origins.other': 'codes_format',
      'transactional_profile.monthly_amount_range': 'range_format',
      'transactional_profile.monthly_operations_range.from': 'range_format',
    });
  });

  it('say of each missing field that it is missing, and of which part it is', () => {
    const read = readOnboarding({});
    const found = read.ok ? {} : read.issues;
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'company_information.phone',
        'legal_representatives',
        'transactional_profile.resource_origins',
        'transactional_profile.monthly_amount_range',
        'shareholders',
      ]),
    );
    expect(new Set(Object.values(found))).toEqual(new Set(['required']));
    expect(new Set(Object.keys(found).map(partOf)).size).toBe(4);
    expect(partOf('requestId')).toBeNull();
  });

  it('are read part by part: another part says nothing of this one', () => {
    const { 'shareholders.0.name': _, ...rest } = GOOD;
    expect(readPart('company_information', rest).ok).toBe(true);
    expect(readPart('shareholders', rest)).toEqual({
      ok: false,
      issues: { 'shareholders.0.name': 'required' },
    });
  });

  it('refuse shareholders who hold more than the whole, and take exactly the whole', () => {
    expect(issues({ 'shareholders.0.percentage': '66.68' })).toEqual({ shareholders: 'percentage_total' });
    expect(issues({})).toEqual({});
  });

  it('are not taken in by fields that nobody put on the form', () => {
    const read = readOnboarding({ ...GOOD, 'shareholders.__proto__.name': 'x', '__proto__.a': 'y' });
    expect(read.ok && read.data.shareholders).toHaveLength(2);
  });
});
