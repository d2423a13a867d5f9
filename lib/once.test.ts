import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { type Asked, once } from '~/lib/once';
import { inviteOperator } from '~/lib/people/access';
import { createCustomer } from '~/lib/people/customers';
import { addNote } from '~/lib/people/notes';
import { createPortfolio } from '~/lib/people/portfolios';
import { createTerms } from '~/lib/terms/terms';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { openWallet } from '~/lib/wallets/opening';

withTestDatabase();

type Thing = { id: string };

/** Makes a portfolio, as something whose number can be counted. */
function ask(
  actor: Actor,
  asked: Omit<Asked, 'act'> & { act?: Asked['act'] },
  customerId: string,
): Promise<Thing> {
  return transaction((tx) =>
    once<Thing>(
      tx,
      actor,
      { act: 'test.make', ...asked },
      async (id) => ({ id }),
      () => tx.portfolio.create({ data: { customerId, name: randomUUID() } }),
    ),
  );
}

describe('once', () => {
  it('makes one thing of many who ask at the same time, and every one gets it', async () => {
    const [actor, customer] = [await someOperator('operator'), await someCustomer()];
    const asked = { requestId: randomUUID(), content: { amount: 5n, to: 'b' } };
    const made = await Promise.all(Array.from({ length: 8 }, () => ask(actor, asked, customer.id)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await db().portfolio.count({ where: { customerId: customer.id } })).toBe(1);
  });

  it('knows the same content by what it says and not by the order of its keys', async () => {
    const [actor, customer] = [await someOperator('operator'), await someCustomer()];
    const requestId = randomUUID();
    const one = await ask(actor, { requestId, content: { amount: 5n, to: { a: 1, b: 2 } } }, customer.id);
    const two = await ask(
      actor,
      { requestId, content: { to: { b: 2, a: 1 }, amount: 5n, more: undefined } },
      customer.id,
    );
    expect(two.id).toBe(one.id);
  });

  it.each([
    ['another amount', { content: { amount: 6n } }],
    ['text where a number was', { content: { amount: '5n ' } }],
    ['another act', { act: 'test.break' as const }],
  ])('refuses %s under an id that stood for something', async (_what, change) => {
    const [actor, customer] = [await someOperator('operator'), await someCustomer()];
    const asked = { requestId: randomUUID(), content: { amount: 5n } };
    await ask(actor, asked, customer.id);
    await expect(ask(actor, { ...asked, ...change }, customer.id)).rejects.toMatchObject({
      code: 'request_reused',
      details: { by: 'same' },
    });
    expect(await db().portfolio.count({ where: { customerId: customer.id } })).toBe(1);
  });

  it('never answers one operator with what another asked', async () => {
    const customer = await someCustomer();
    const asked = { requestId: randomUUID(), content: { amount: 5n } };
    await ask(await someOperator('operator'), asked, customer.id);
    await expect(ask(await someOperator('operator'), asked, customer.id)).rejects.toMatchObject({
      code: 'request_reused',
      details: { by: 'other' },
    });
  });

  it('forgets what was refused: the same id may be asked again, with what was wrong put right', async () => {
    const [actor, customer] = [await someOperator('operator'), await someCustomer()];
    const requestId = randomUUID();
    await expect(ask(actor, { requestId, content: { amount: 5n } }, randomUUID())).rejects.toThrow();
    await ask(actor, { requestId, content: { amount: 6n } }, customer.id);
    expect(await db().portfolio.count({ where: { customerId: customer.id } })).toBe(1);
  });
});

describe('what a form makes, sent again after its answer was lost', () => {
  const facts = { depositsEnabled: true, withdrawalsEnabled: true, refundFeeOnReturn: true };
  const amounts = {
    withdrawalMaxAmount: null,
    withdrawalDayAmount: null,
    depositFeeAmount: 0n,
    withdrawalFeeAmount: 0n,
  };
  const made: Record<string, (again: { requestId: string }) => Promise<() => Promise<{ id: string }>>> = {
    customer: async (again) => {
      const admin = await someOperator('admin');
      const customer = {
        kind: 'individual',
        name: 'Ana',
        country: 'mx',
        taxId: 'LOHA900101MDFPRN01',
      } as const;
      return () => createCustomer(admin, { ...customer, externalId: again.requestId, ...again });
    },
    wallet: async (again) => {
      const [admin, { id: customerId }] = [await someOperator('admin'), await someCustomer()];
      return () => openWallet(admin, { customerId, pattern: 'A', name: 'Uno', asset: 'MXN', ...again });
    },
    portfolio: async () => {
      const [admin, { id: customerId }] = [await someOperator('admin'), await someCustomer()];
      return () => createPortfolio(admin, { customerId, name: 'Uno' });
    },
    operator: async (again) => {
      const admin = await someOperator('admin');
      const facts = { email: `${again.requestId}@monedero.test`, name: 'Ana', role: 'viewer' } as const;
      return () => inviteOperator(admin, { ...facts, ...again });
    },
    terms: async (again) => {
      const admin = await someOperator('admin');
      return () =>
        createTerms(admin, { name: again.requestId, asset: 'MXN', ...facts, ...amounts, ...again });
    },
    note: async (again) => {
      const [admin, { id: subjectId }] = [await someOperator('admin'), await someCustomer()];
      return () => addNote(admin, { subjectType: 'customer', subjectId, body: 'Llamó', ...again });
    },
  };

  it.each(Object.keys(made))('is the one %s that exists', async (what) => {
    const make = await made[what]?.({ requestId: randomUUID() });
    const audited = () => db().auditEntry.count();
    const first = await make?.();
    const before = await audited();
    const again = await Promise.all([make?.(), make?.()]);
    expect(again.map((each) => each?.id)).toEqual([first?.id, first?.id]);
    expect(await audited()).toBe(before);
  });
});

it('every verb that takes a request id asks under it, bound to who asks', () => {
  const lib = import.meta.dirname;
  const verbs = fs
    .readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\/|^once\.ts$/.test(file))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(lib, file), 'utf8');
      return [...text.matchAll(/^export (?:async )?function (\w+)\([\s\S]*?^\}/gm)]
        .filter(([whole]) => /\brequestId\b|input: New/.test(whole) && whole.includes('authorize('))
        .map(([whole, name]) => ({ name: `${file}: ${name}`, whole }));
    })
    // Here it is the id of what is asked about a deposit.
    .filter(({ name }) => !/DepositRequest$/.test(name));
  expect(verbs.length).toBeGreaterThan(15);
  // A draft hands the id on; a plan only looks at what would be asked.
  const passingOn = /kyb-drafts.ts: sendDraft|plan.ts: lookAtWithdrawal|schedules.ts: lookAtSchedule/;
  const own = verbs.filter(({ name }) => !passingOn.test(name));
  const asksUnder =
    /\b(once|onceAsked|madeUnder|isDone|createCustomerIn|openWalletIn|askForWithdrawal|requestWithdrawal|requestPayout|payoutBy|payoutWithin|requestAdjustment|replayUnlessRuled|unlessRuled|ruled|doUnlessRuled|say)\(/;
  expect(own.filter(({ whole }) => !asksUnder.test(whole)).map(({ name }) => name)).toEqual([]);
  // Some do so for whoever calls them.
  for (const [file, inner] of [
    ['people/customers.ts', 'createCustomerIn'],
    ['wallets/opening.ts', 'openWalletIn'],
    ['withdrawals/asking.ts', 'askForWithdrawal'],
    ['adjustments/adjustments.ts', 'requestAdjustment'],
    ['wallets/status.ts', 'onceAsked'],
    ['wallets/together.ts', 'onceAsked'],
    ['inbox/replay.ts', 'replayUnlessRuled'],
    ['approvals/acts.ts', 'doUnlessRuled'],
    ['approvals/words.ts', 'say'],
    ['approvals/sent-again.ts', 'noteUnder'],
  ] as const) {
    const text = fs.readFileSync(path.join(lib, file), 'utf8');
    expect(
      new RegExp(`^(?:export )?(?:async )?function ${inner}\\([\\s\\S]*?^\\}`, 'm').exec(text)?.[0],
    ).toMatch(/\b(once|madeAs|noteUnder)\(/);
  }
  expect(
    own.filter(({ whole }) => !/^export [^(]*\(\s*(?:tx: Tx, )?actor: /.test(whole)).map(({ name }) => name),
  ).toEqual([]);
});
