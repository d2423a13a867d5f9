import { expect, it } from 'vitest';
import { type Cursor, readEvents, START } from '~/lib/outbox/read';
import { watchBooks } from '~/lib/standstill/watch';
import { someCustomer } from '~/lib/testing/factories';
import { withRestorableBooks } from '~/lib/testing/restores';
import { eventually } from '~/lib/testing/sandbox';

const { backUp, restore } = withRestorableBooks();

/** Reads on until it comes to a customer's beginning. */
async function readTo(customerId: string, from: Cursor) {
  const ids: bigint[] = [];
  const types: string[] = [];
  let cursor = from;
  await eventually(async () => {
    const page = await readEvents(cursor, 1_000);
    cursor = page.cursor;
    ids.push(...page.events.map(({ id }) => id));
    types.push(...page.events.map(({ type }) => type));
    return page.events.some(({ subjectId }) => subjectId === customerId);
  });
  return { ids, types, cursor };
}

it('a reader who has read what a restore took back is told of the restore and of all after it, under ids of their own', async () => {
  await watchBooks();
  await someCustomer();
  await backUp();
  const lost = [await someCustomer(), await someCustomer(), await someCustomer()];
  await watchBooks();
  const before = await readTo(lost.at(-1)?.id ?? '', START);

  await restore();
  await watchBooks();
  const since = await readTo((await someCustomer()).id, before.cursor);
  expect(since.types[0]).toBe('standstill.opened');
  expect(since.ids.filter((id) => before.ids.includes(id))).toEqual([]);
  // And whoever begins anew passes over the gap.
  const anew = await readTo((await someCustomer()).id, START);
  expect(anew.ids).toEqual(expect.arrayContaining(since.ids));
});
