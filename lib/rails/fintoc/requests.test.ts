import { beforeEach, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { createOnce } from '~/lib/rails/fintoc/requests';
import { withTestDatabase } from '~/lib/testing/database';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();
beforeEach(() => fintoc.calm());

const purpose = 'wallet:of-a-test:account';
const create = (entityId: string) =>
  createOnce({ purpose, path: '/v2/accounts', body: { entity_id: entityId, description: 'once' } });
const made = async () =>
  (await fintoc.api('GET', '/v2/accounts')).filter(
    ({ description }: { description: string }) => description === 'once',
  );

it('a refusal that comes late does not undo what was created meanwhile: there is one, ever', async () => {
  const { entity } = await fintoc.rootAccount();
  await fintoc.control('POST', '/faults', {
    ...{ kind: 'slow', when: 'after_commit', delay_ms: 1_500, method: 'POST', path: '/v2/accounts' },
  });
  const late = create('ent_nowhere').catch((error: Error) => error);
  await eventually(async () => (await fintoc.control('GET', '/faults')).length === 0);
  await expect(create('ent_nowhere')).rejects.toThrow();
  const account = await create(entity.id);
  expect(await late).toBeInstanceOf(Error);
  expect(await db().fintocRequest.findUnique({ where: { purpose } })).toMatchObject({ state: 'done' });
  expect(await create(entity.id)).toEqual(account);
  expect(await made()).toHaveLength(1);
});

it.each(['<html>Please sign in</html>', '', { message: 'Forbidden' }, { error: 'x' }])(
  'a foreign 200 (%j) is no answer: the same request goes out again, and there is one',
  async (page) => {
    const { entity } = await fintoc.rootAccount();
    const description = crypto.randomUUID();
    const creation = {
      ...{ purpose: `wallet:${description}:account`, path: '/v2/accounts' },
      body: { entity_id: entity.id, description },
    };
    const fault = {
      kind: 'refusal',
      when: 'after_commit',
      status: 200,
      page,
      method: 'POST',
      path: '/v2/accounts',
    };
    await fintoc.control('POST', '/faults', fault);
    await expect(createOnce(creation)).rejects.toMatchObject({ code: 'http_200', isTold: false });
    const account = await createOnce(creation);
    const standing = (await fintoc.api('GET', '/v2/accounts')).filter(
      (each: { description: string }) => each.description === description,
    );
    expect(standing.map(({ id }: { id: string }) => id)).toEqual([(account as { id: string }).id]);
    expect(await createOnce(creation)).toEqual(account);
  },
);
