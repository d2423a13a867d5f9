import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { sealKybs } from '~/lib/entities/kept';
import { getKybForm, saveDraft } from '~/lib/entities/kyb-drafts';
import { linkEntity } from '~/lib/entities/links';
import { getEntityPage } from '~/lib/entities/read';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { withTestDatabase } from '~/lib/testing/database';
import { everywhere } from '~/lib/testing/everywhere';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { KYB_ANSWERS, storedOnboarding } from '~/lib/testing/kyb';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const HOLDER = 'TEX010101AB1';
const SECRETS = ['represen.tante@oculto.mx', '032180000118359719', 'Av. Oculta 7'];
const RAW = { data: { company_information: { fiscal_address: SECRETS[2] }, email: SECRETS[0] } };

async function entityWithKyb(): Promise<string> {
  const id = `ent_${crypto.randomUUID()}`;
  const raw = { id, holder_name: 'Textiles', holder_id: HOLDER, is_root: false, mode: 'test' };
  await transaction((tx) => saveEntity(tx, toEntity(raw)));
  await storedOnboarding({ id: `onbprc_${id}`, entityId: id, status: 'rejected', raw: RAW });
  await saveDraft(await someOperator(), {
    ...{ entityId: id, part: 'company_information', version: 0, editor: 'a', sequence: 1 },
    answers: {
      ...KYB_ANSWERS.company_information,
      'company_information.settlement_account': SECRETS[1],
      'company_information.fiscal_address': SECRETS[2],
    },
  });
  return id;
}

describe('a KYB', () => {
  it('stands nowhere in the database as it is, and is told to who may see it', async () => {
    const id = await entityWithKyb();
    for (const secret of SECRETS) expect(await everywhere(secret), secret).toEqual([]);
    expect((await getEntityPage(ANYBODY, id)).onboardings).toMatchObject([{ raw: RAW }]);
    const { answers } = await getKybForm(await someOperator(), id);
    expect(answers['company_information.settlement_account']).toBe(SECRETS[1]);
  });

  it('is sealed for the customer from when the entity is theirs', async () => {
    const id = await entityWithKyb();
    const { id: customerId } = await someCustomer({ taxId: HOLDER });
    const operator = await someOperator();
    await transaction((tx) => linkEntity(tx, operator, { entityId: id, customerId }));
    const key = await db().dataKey.findUniqueOrThrow({ where: { owner: `customer:${customerId}` } });
    const kept = [
      (await db().onboarding.findFirstOrThrow({ where: { entityId: id } })).raw,
      (await db().kybDraft.findFirstOrThrow({ where: { entityId: id } })).answers,
    ];
    for (const sealed of kept) expect(sealed).toMatch(new RegExp(`^v1\\.${key.id}\\.`));
    expect((await getEntityPage(ANYBODY, id)).onboardings).toMatchObject([{ raw: RAW }]);
  });

  it('is taken by PostgreSQL sealed alone, and of before there were keys sealed by the worker', async () => {
    const id = await entityWithKyb();
    const plain = db().onboarding.updateMany({ where: { entityId: id }, data: { raw: RAW } });
    await expect(plain).rejects.toThrow('onboardings_sealed');
    await tamper('ALTER TABLE onboardings DROP CONSTRAINT onboardings_sealed');
    await tamper('UPDATE onboardings SET raw = $2 WHERE entity_id = $1', [id, JSON.stringify(RAW)]);
    expect((await getEntityPage(ANYBODY, id)).onboardings).toMatchObject([{ raw: RAW }]);
    expect(await everywhere(SECRETS[0] ?? '')).toEqual(['onboardings']);
    expect(await sealKybs()).toBe(1);
    expect(await sealKybs()).toBe(0);
    expect(await everywhere(SECRETS[0] ?? '')).toEqual([]);
    expect((await getEntityPage(ANYBODY, id)).onboardings).toMatchObject([{ raw: RAW }]);
  });
});
