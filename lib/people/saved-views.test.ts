import { expect, it } from 'vitest';
import { InvalidInputError } from '~/lib/errors';
import { forgetView, listViews, saveView } from '~/lib/people/saved-views';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';

withTestDatabase();

const LIST = '/withdrawals/all';
const view = { path: LIST, query: 'status=failed', name: 'Ñandú' };

it('shows people their own views and those that colleagues share, by name', async () => {
  const [one, other] = [await someOperator(), await someOperator()];
  await saveView(one, view);
  await saveView(one, { ...view, name: 'Oso', shared: true });
  await saveView(other, { ...view, name: 'Ábaco', query: 'days=yesterday' });
  await saveView(other, { ...view, path: '/audit', name: 'Elsewhere', shared: true });
  expect((await listViews(one, LIST)).map(({ name, by }) => [name, by])).toEqual([
    ['Ñandú', null],
    ['Oso', null],
  ]);
  expect(await listViews(other, LIST)).toMatchObject([
    { name: 'Ábaco', query: 'days=yesterday', by: null, forgettable: true },
    { name: 'Oso', query: 'status=failed', shared: true, by: one.name, forgettable: false },
  ]);
});

it('puts filters under a name that stands in the place of those before, also twice at once', async () => {
  const one = await someOperator();
  const path = '/deposits/all';
  await Promise.all([1, 2, 3].map(() => saveView(one, { ...view, path })));
  await saveView(one, { ...view, path, query: 'q=Ana' });
  expect(await listViews(one, path)).toMatchObject([{ name: 'Ñandú', query: 'q=Ana' }]);
});

it('lets nobody share who leaves colleagues nothing, nor forget what isn’t theirs', async () => {
  const [viewer, one, other, admin] = await Promise.all(
    (['viewer', 'operator', 'operator', 'admin'] as const).map((role) => someOperator(role)),
  );
  if (!viewer || !one || !other || !admin) throw new Error('Four are made.');
  const path = '/customers';
  await expect(saveView(viewer, { ...view, path, shared: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const own = await saveView(viewer, { ...view, path });
  const shared = await saveView(one, { ...view, path, shared: true });
  await expect(forgetView(other, { viewId: own.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(forgetView(admin, { viewId: own.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(forgetView(other, { viewId: shared.id })).rejects.toMatchObject({ code: 'forbidden' });
  await forgetView(admin, { viewId: shared.id });
  await forgetView(one, { viewId: shared.id });
  expect((await listViews(viewer, path)).map(({ id }) => id)).toEqual([own.id]);
});

it('keeps fifty of a list at most', async () => {
  const one = await someOperator();
  const path = '/ledger';
  for (let index = 0; index < 50; index += 1) await saveView(one, { ...view, path, name: `View ${index}` });
  await expect(saveView(one, { ...view, path, name: 'One more' })).rejects.toEqual(
    new InvalidInputError({ name: 'too_many_views' }),
  );
  await saveView(one, { ...view, path, name: 'View 7', query: 'q=x' });
  expect(await listViews(one, path)).toHaveLength(50);
});
