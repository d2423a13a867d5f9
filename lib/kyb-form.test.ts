import { describe, expect, it } from 'vitest';
import { onboardingForm } from '~/lib/kyb-form';

const GOOD: Record<string, string> = {
  requestId: '0b9e',
  entityId: 'ent_1',
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
  'transactional_profile.resource_origins': 'investments, Trusts',
  'transactional_profile.monthly_amount_range': '1_500000',
  'transactional_profile.monthly_operations_range': '1_15000',
  'shareholders.0.type': 'natural_person',
  'shareholders.0.name': 'Ana',
  'shareholders.0.last_name': 'Soto',
  'shareholders.0.nationality': 'mx',
  'shareholders.0.percentage': '66.67',
  'shareholders.3.type': 'legal_entity',
  'shareholders.3.name': 'Acme SA',
  'shareholders.3.holder_id': 'AES150312KX4',
  'shareholders.3.nationality': 'mx',
  'shareholders.3.percentage': '33,33 %',
};

function issues(changes: Record<string, string | undefined>) {
  const fields = Object.fromEntries(
    Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== undefined),
  );
  const parsed = onboardingForm.safeParse(fields);
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [path.join('/'), message]),
  );
}

describe('the form that starts an onboarding', () => {
  it('becomes the body that Fintoc takes: rows in order, CLABE and tax ids bare, percentages as numbers', () => {
    expect(onboardingForm.parse(GOOD)).toEqual({
      entityId: 'ent_1',
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
          resource_origins: ['investments', 'trusts'],
          monthly_amount_range: '1_500000',
          monthly_operations_range: '1_15000',
        },
        shareholders: [
          { type: 'natural_person', name: 'Ana', last_name: 'Soto', nationality: 'mx', percentage: 66.67 },
          {
            type: 'legal_entity',
            name: 'Acme SA',
            holder_id: 'AES150312KX4',
            nationality: 'mx',
            percentage: 33.33,
          },
        ],
      },
    });
  });

  it('names the very field that is wrong, also in a row after one that was removed', () => {
    expect(
      issues({
        'shareholders.3.holder_id': 'AES15',
        'shareholders.3.percentage': 'a third',
        'shareholders.0.last_name': undefined,
        'legal_representatives.0.email': 'ada',
        'company_information.settlement_account': '032180000118359718',
        'company_information.incorporation_date': '2999-01-01',
        'transactional_profile.monthly_amount_range': 'mucho',
      }),
    ).toEqual({
      'shareholders.3.holder_id': 'tax_id_format',
      'shareholders.3.percentage': 'percentage_format',
      'shareholders.0.last_name': 'required',
      'legal_representatives.0.email': 'email_format',
      'company_information.settlement_account': 'clabe_check_digit',
      'company_information.incorporation_date': 'date_future',
      'transactional_profile.monthly_amount_range': 'range_format',
    });
  });

  it('says of each missing field that it is missing', () => {
    const found = onboardingForm.safeParse({ entityId: 'ent_1' }).error?.issues ?? [];
    expect(found.map(({ path }) => path.join('/'))).toEqual(
      expect.arrayContaining([
        'company_information.phone',
        'legal_representatives',
        'transactional_profile.resource_origins',
        'shareholders',
      ]),
    );
    expect(new Set(found.map(({ message }) => message))).toEqual(new Set(['required']));
  });

  it('refuses shareholders who hold more than the whole, and takes exactly the whole', () => {
    expect(issues({ 'shareholders.0.percentage': '66.68' })).toEqual({ shareholders: 'percentage_total' });
    expect(issues({})).toEqual({});
  });

  it('is not taken in by fields that nobody put on it', () => {
    const parsed = onboardingForm.parse({ ...GOOD, 'shareholders.__proto__.name': 'x', '__proto__.a': 'y' });
    expect(parsed.data.shareholders).toHaveLength(2);
  });
});
