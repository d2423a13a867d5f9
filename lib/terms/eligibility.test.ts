import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { ageOf, unfit } from '~/lib/terms/eligibility';
import { PLAIN_TERMS } from '~/lib/terms/fields';
import { createTerms } from '~/lib/terms/terms';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer } from '~/lib/testing/factories';
import { openWallet } from '~/lib/wallets/opening';

const TODAY = new Date('2026-06-15T12:00:00Z');
const ana = { kind: 'individual', country: 'mx', taxIdKind: 'curp', taxId: 'MUAD080616MDFXXXA1' } as const;

describe('an age', () => {
  it.each([
    ['curp', 'MUAD080616MDFXXXA1', 17],
    ['curp', 'MUAD080615MDFXXXA1', 18],
    ['curp', 'MUAD800101MDFXXX01', 46],
    ['rfc', 'MUAD800101AB1', 46],
    ['rfc', 'MUAD080615AB1', 18],
    ['rfc', 'ABC800101AB1', null],
    ['rut', '11111111-1', null],
  ])('by a %s of %s is %s', (taxIdKind, taxId, age) => {
    expect(ageOf({ taxIdKind, taxId }, TODAY)).toBe(age);
  });
});

describe('who may be under terms', () => {
  const rule = { ...PLAIN_TERMS };
  const tried = (facts: Partial<typeof rule>, hasKyb = false) =>
    unfit({ ...rule, ...facts }, ana, { hasKyb, today: TODAY });

  it('is everybody, but for whom they leave out', () => {
    expect(tried({})).toBeNull();
    expect(tried({ eligibleKinds: ['business'] })).toBe('terms_kind');
    expect(tried({ eligibleCountries: ['cl'] })).toBe('terms_country');
    expect(tried({ kybRequired: true })).toBe('terms_kyb');
    expect(tried({ kybRequired: true }, true)).toBeNull();
    expect(tried({ minAge: 18 })).toBe('terms_age');
    expect(tried({ minAge: 17 })).toBeNull();
    expect(
      unfit({ ...rule, minAge: 18 }, { ...ana, taxIdKind: 'rut', taxId: '11111111-1' }, { hasKyb: false }),
    ).toBe('terms_age_unknown');
  });
});

describe('opening', () => {
  withTestDatabase();

  it('is refused at the terms, with why, and writes nothing', async () => {
    const customer = await someCustomer();
    const { id: termsId } = await createTerms(system('setup'), {
      ...{ name: 'firms', asset: 'MXN', eligibleKinds: ['business'] },
    });
    const wanted = { customerId: customer.id, pattern: 'A', name: 'Monedero', asset: 'MXN' } as const;
    await expect(
      openWallet(system('setup'), { ...wanted, termsId, requestId: randomUUID() }),
    ).rejects.toMatchObject({ fields: { termsId: 'terms_kind' } });
    await expect(openWallet(system('setup'), { ...wanted, requestId: randomUUID() })).resolves.toMatchObject({
      status: 'opening',
    });
  });
});
