import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import type { NewAdjustment } from '~/lib/adjustments/checks';
import type { Conditions } from '~/lib/approvals/conditions';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { tryRule } from '~/lib/deciding/tryout';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundHouse, fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';
import { operatingWalletId } from '~/lib/wallets/house';

withTestDatabase();

let admin: OperatorActor;
let approver: OperatorActor;
let made: { id: string; rule: NewRule }[] = [];

beforeAll(async () => {
  [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  await someOperator('approver');
});
afterEach(async () => {
  for (const { id, rule } of made) await changeRule(system('setup'), { ...rule, rule: id, mode: 'off' });
  made = [];
  await expectSoundBooks();
});

type Sum = NonNullable<Conditions['sum']>;
const conditionsOf = (sum: Omit<Sum, 'from'>, from = '1000'): Conditions => ({
  asset: 'MXN',
  sum: { ...sum, from },
});

/** A rule that takes two people where so much comes together. */
async function ruled(conditions: Conditions, mode: NewRule['mode'] = 'on'): Promise<string> {
  const steps: NewRule['steps'] = [{ people: 2 }];
  const rule: NewRule = { action: 'adjustment.post', name: 'Juntos', mode, conditions, steps };
  const { id } = await changeRule(system('setup'), rule);
  made.push({ id, rule });
  return id;
}

async function rich(customerId?: string | null): Promise<OpenWallet> {
  const wallet = await someWallet();
  if (customerId) await db().wallet.update({ where: { id: wallet.id }, data: { customerId } });
  await fundWallet(wallet, 1_000_000n);
  return { ...wallet, customerId: customerId ?? wallet.customerId };
}

/** Asks for some of what the wallet has to go to another. */
const give = async (
  who: OperatorActor,
  from: { id: string },
  amount: bigint,
  facts: Partial<NewAdjustment> = {},
) =>
  requestAdjustment(who, {
    ...{ fromWalletId: from.id, toWalletId: (await someWallet()).id, amount, reason: 'Reparto' },
    ...{ requestId: randomUUID(), ...facts },
  });
/** Whether two have to decide on it, as its approval keeps it. */
async function takesTwo({ id }: { id: string }): Promise<boolean> {
  const { steps } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
  return JSON.stringify(steps) === JSON.stringify([{ people: 2 }]);
}
const older = ({ id }: { id: string }, hours: number) =>
  tamper(`UPDATE adjustments SET created_at = created_at - make_interval(hours => $2) WHERE id = $1`, [
    id,
    hours,
  ]);

describe('a rule that adds adjustments up', () => {
  it('of one person within an hour, whatever they move; what is declined is none of it', async () => {
    await ruled(conditionsOf({ of: 'requester', within: 'hour' }));
    const [who, other] = [await someOperator(), await someOperator()];
    const first = await give(who, await rich(), 600n);
    expect(await takesTwo(first)).toBe(false);
    expect(await takesTwo(await give(other, await rich(), 400n)), 'of somebody else').toBe(false);
    expect(await takesTwo(await give(who, await rich(), 399n))).toBe(false);
    expect(await takesTwo(await give(who, await rich(), 1n))).toBe(true);
    await declineAdjustment(approver, { adjustmentId: first.id, reason: 'No procede' });
    expect(await takesTwo(await give(who, await rich(), 1n))).toBe(false);
  });

  it('of one wallet within a day', async () => {
    await ruled(conditionsOf({ of: 'wallet', within: 'day' }));
    const [wallet, who] = [await rich(), await someOperator()];
    const first = await give(await someOperator(), wallet, 900n);
    expect(await takesTwo(await give(who, wallet, 100n))).toBe(true);
    await older(first, 25);
    expect(await takesTwo(await give(who, wallet, 100n))).toBe(false);
    expect(await takesTwo(await give(who, await rich(), 900n)), 'another wallet').toBe(false);
  });

  it('of one customer within a month, of all their wallets and what the house gives them', async () => {
    await ruled(conditionsOf({ of: 'customer', within: 'month' }));
    await fundHouse(10_000n);
    const house = (await operatingWalletId()) ?? '';
    const [wallet, who] = [await rich(), await someOperator()];
    const sibling = await rich(wallet.customerId);
    await older(await give(who, wallet, 500n), 700);
    const gift = await give(who, { id: house }, 400n, { toWalletId: sibling.id });
    expect(await takesTwo(gift)).toBe(false);
    expect(await takesTwo(await give(who, sibling, 100n))).toBe(true);
    expect(await takesTwo(await give(who, await rich(), 999n)), 'another customer').toBe(false);
    const tried = await tryRule(admin, {
      action: 'adjustment.post',
      conditions: conditionsOf({ of: 'customer', within: 'month' }),
    });
    expect(tried.page.rows.filter((row) => row.wallet === sibling.name && row.amount === 100n)).toHaveLength(
      1,
    );
  });

  it('counts the first of two that are asked for at once', async () => {
    await ruled(conditionsOf({ of: 'requester', within: 'day' }));
    const who = await someOperator();
    const [one, other] = [await rich(), await rich()];
    const asked = await Promise.all([give(who, one, 600n), give(who, other, 600n)]);
    expect((await Promise.all(asked.map(takesTwo))).sort()).toEqual([false, true]);
  });

  it('watches in shadow, and is refused where it adds up by a beneficiary', async () => {
    const rule = await ruled(conditionsOf({ of: 'wallet', within: 'day' }), 'shadow');
    const asked = await give(await someOperator(), await rich(), 1_000n);
    expect(await takesTwo(asked)).toBe(false);
    expect(await db().approvalShadow.findMany({ where: { rule } })).toMatchObject([
      { subjectId: asked.id, asset: 'MXN', amount: 1_000n, waited: true },
    ]);
    await expect(ruled(conditionsOf({ of: 'beneficiary', within: 'day' }))).rejects.toMatchObject({
      fields: { sumOf: 'rule_not_of_action' },
    });
  });
});

it('what a rule would have had wait is leafed through to its end, and its totals are of all', async () => {
  const wallet = await rich();
  const who = await someOperator();
  const to = (await someWallet()).id;
  const ids: string[] = [];
  for (let nth = 0; nth < 43; nth += 1)
    ids.unshift((await give(who, wallet, 7_001n + BigInt(nth % 2), { toWalletId: to })).id);
  const tried = (cursor?: string) =>
    tryRule(admin, {
      action: 'adjustment.post',
      conditions: { asset: 'MXN', amount: { from: '7001', to: '7002' } },
      ...(cursor !== undefined && { cursor }),
    });
  const seen: string[] = [];
  const froms: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { page, waits, totals } = await tried(cursor);
    expect([waits, totals]).toEqual([43, [{ asset: 'MXN', count: 43, amount: 43n * 7_001n + 21n }]]);
    seen.push(...page.rows.map(({ id }) => id));
    froms.push(page.from);
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids);
  expect(froms).toEqual([1, 21, 41]);
  const { page: second } = await tried((await tried()).page.nextCursor ?? '');
  const { page: third } = await tried(second.nextCursor ?? '');
  expect([second.previousCursor, (await tried(third.previousCursor ?? '')).page.from]).toEqual(['', 21]);
});
