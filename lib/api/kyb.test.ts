import { beforeAll, describe, expect, it } from 'vitest';
import { answer, type Monedero, type MonederoError, monedero } from '~/clients/typescript/client';
import { someKey } from '~/lib/testing/api';
import { withApiServer } from '~/lib/testing/api-server';
import { withTestDatabase } from '~/lib/testing/database';
import { withLocalFintoc } from '~/lib/testing/sandbox';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();
withLocalFintoc();
const server = withApiServer();

let api: Monedero;
beforeAll(async () => {
  api = monedero({ url: server.url, key: (await someKey()).secret, retries: 0 });
});

const of = (id: string) => ({ params: { path: { id } } });

it('an entity is made for a customer, once, and its KYB begun', async () => {
  const { id } = await answer(
    api.POST('/customers', { body: { kind: 'business', name: 'Textiles del Sur', tax_id: 'TSU150312A47' } }),
  );
  const entity = await answer(api.POST('/entities', { body: { customer_id: id } }));
  expect(entity).toMatchObject({ object: 'entity', customer_id: id, holder_id: 'TSU150312A47' });
  expect((await answer(api.POST('/entities', { body: { customer_id: id } }))).id).toBe(entity.id);
  const wrong = api.POST('/entities/{id}/onboardings', {
    ...of(entity.id),
    body: { ...kyb, shareholders: kyb.shareholders.map((each) => ({ ...each, nationality: 'xx' })) },
  });
  await expect(wrong).rejects.toMatchObject({ problem: { pointer: '/shareholders/0/nationality' } });
  const begun = await answer(api.POST('/entities/{id}/onboardings', { ...of(entity.id), body: kyb }));
  expect(begun).toMatchObject({ object: 'onboarding', entity_id: entity.id });
  expect(await answer(api.GET('/onboardings/{id}', of(begun.id)))).toEqual(begun);
  const early = api.POST('/onboardings/{id}/submit', { ...of(begun.id), body: {} });
  await expect(early).rejects.toMatchObject({ problem: { code: 'fintoc_refused' } });
});

describe('the documents of a KYB', () => {
  let serial = 1;
  const pdf = (text = '%PDF-1.4 …') => new Blob([text], { type: 'application/pdf' });

  function taxId(): string {
    serial += 1;
    return `TEL15031${serial}A47`;
  }

  async function begun() {
    const body = { kind: 'business', name: 'Telas', tax_id: taxId() } as const;
    const { id } = await answer(api.POST('/customers', { body }));
    const entity = await answer(api.POST('/entities', { body: { customer_id: id } }));
    return answer(api.POST('/entities/{id}/onboardings', { ...of(entity.id), body: kyb }));
  }
  const hand = (id: string, query: { slot: string; file_name?: string }, body: Blob) =>
    answer(
      api.POST('/onboardings/{id}/documents', {
        ...{ params: { path: { id }, query }, body, headers: { 'content-type': body.type } },
      }),
    );

  it('are handed in one by one until nothing is missing, and it is approved', async () => {
    const { id, documents } = await begun();
    expect(documents.length).toBeGreaterThan(2);
    expect(new Set(documents.map(({ status }) => status))).toEqual(new Set(['missing']));
    expect(documents.map(({ person }) => person)).toEqual(expect.arrayContaining([null, 'Ana López']));
    for (const [nth, { slot }] of documents.entries()) {
      const now = await hand(id, { slot, file_name: 'acta.pdf' }, pdf());
      expect(now.documents.filter(({ status }) => status === 'received')).toHaveLength(nth + 1);
    }
    expect(await answer(api.GET('/onboardings/{id}', of(id)))).toMatchObject({ is_submittable: true });
    const handed = await answer(api.POST('/onboardings/{id}/submit', { ...of(id), body: {} }));
    expect(handed.status).toBe('submitted');
  });

  it('are refused by what is in them, where there is no such slot, and once they are too large', async () => {
    const { id, documents } = await begun();
    const slot = documents[0]?.slot ?? '';
    const refused = (call: Promise<unknown>) => call.then(Object, ({ problem }: MonederoError) => problem);
    expect(await refused(hand(id, { slot }, pdf('MZ no document')))).toMatchObject({
      ...{ status: 422, errors: [{ pointer: '', code: 'file_type' }] },
    });
    expect(await refused(hand(id, { slot: 'documents/nothing' }, pdf()))).toMatchObject({
      ...{ status: 422, parameter: 'slot' },
    });
    expect(await refused(hand(id, { slot }, new Blob(['{}'], { type: 'application/json' })))).toMatchObject({
      ...{ status: 400, code: 'body_malformed', parameter: 'Content-Type' },
    });
    const large = pdf(`%PDF${' '.repeat(20 * 1024 * 1024)}`);
    expect(await refused(hand(id, { slot }, large))).toMatchObject({ status: 413, code: 'body_too_large' });
    const stands = await answer(api.GET('/onboardings/{id}', of(id)));
    expect(stands.documents.filter(({ status }) => status === 'received')).toEqual([]);
  });
});

const kyb = {
  company_information: {
    ...{ incorporation_date: '2015-03-02', business_activity: 'Textiles', fiscal_address: 'Reforma 1' },
    ...{ settlement_account: '012180012345678909', phone: '5512345678' },
  },
  legal_representatives: [
    {
      ...{ first_name: 'Ana', last_name: 'López', email: 'ana@correo.mx', nationality: 'mx' },
      ...{ identification_number: 'LOHA900101AB1', position: 'Directora' },
    },
  ],
  transactional_profile: {
    ...{ resource_origins: ['investments'], monthly_amount_range: '1_500000' },
    monthly_operations_range: '1_15000',
  },
  shareholders: [
    {
      ...{ type: 'natural_person' as const, name: 'Ana', last_name: 'López' },
      ...{ nationality: 'mx', percentage: '100' },
    },
  ],
};
