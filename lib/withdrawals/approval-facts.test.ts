import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { waitedLonger } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { approvalFacts } from '~/lib/withdrawals/approval-facts';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { twinsOf } from '~/lib/withdrawals/checks';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const OVER_THRESHOLD = 5_000_000n;
const HOUR = 3_600_000;

let approver: OperatorActor;
let wallet: OpenWallet;

beforeAll(async () => {
  approver = await someOperator('approver');
  wallet = await rich();
});

async function rich() {
  const made = await someWallet();
  await fundWallet(made, 1_000_000_000n);
  return made;
}

type Facts = NonNullable<Parameters<typeof withdraw>[2]>;

/** A withdrawal that waits, asked for so many hours ago by somebody new. */
async function waiting(facts: Facts = {}, hoursAgo = 0, from = wallet) {
  const { amount = OVER_THRESHOLD, destination = someClabe('012') } = facts;
  const [twin] = await transaction((tx) =>
    twinsOf(tx, { walletId: from.id, asset: 'MXN', destinationKind: 'clabe', destination, amount }),
  );
  const asked = { ...facts, amount, destination, acceptedTwin: twin?.id };
  const made = await withdraw(await someOperator(), from, asked);
  const createdAt = new Date(Date.now() - hoursAgo * HOUR);
  await waitedLonger(made.id, hoursAgo);
  return db().withdrawal.update({ where: { id: made.id }, data: { createdAt } });
}

/** One that ended so, hours ago. */
async function ended(status: 'succeeded' | 'failed' | 'returned', facts: Facts, hoursAgo = 0, from = wallet) {
  const { id } = await waiting(facts, hoursAgo, from);
  await approveWithdrawal(approver, { withdrawalId: id });
  return db().withdrawal.update({ where: { id }, data: { status } });
}

const factsOf = async (id: string) => (await approvalFacts(ANYBODY, [id])).get(id);
const someone = () => ({ destination: someClabe('012') });

describe('how often a CLABE was paid', () => {
  it('is never for the first payment, and a payment that failed or came back is none', async () => {
    const to = someone();
    await ended('failed', to, 50);
    await ended('returned', to, 40);
    const { id } = await waiting(to);
    expect(await factsOf(id)).toMatchObject({ paid: null });
  });

  it('counts what every wallet paid it, with the last time, while this one waited too', async () => {
    const to = someone();
    const { id } = await waiting(to, 1);
    await ended('succeeded', to, 80);
    const last = await ended('succeeded', to, 0, await rich());
    expect(await factsOf(id)).toMatchObject({ paid: { times: 2, last: last.createdAt } });
  });
});

describe('the same payment as before', () => {
  it('is of the same wallet, CLABE and amount, asked for within a day before it', async () => {
    const to = someone();
    const first = await waiting(to, 23);
    const { id } = await waiting(to);
    expect(await factsOf(id)).toMatchObject({
      sameAs: { id: first.id, createdAt: first.createdAt, status: 'awaiting_approval' },
    });
    expect(await factsOf(first.id), 'the earlier one came first').toMatchObject({ sameAs: null });
  });

  it.each([
    ['of another amount', async (to: Facts) => waiting({ ...to, amount: OVER_THRESHOLD + 1n })],
    ['of more than a day ago', async (to: Facts) => waiting(to, 25)],
    ['that was not paid', async (to: Facts) => ended('failed', to)],
    ['from another wallet', async (to: Facts) => waiting(to, 0, await rich())],
    ['to another CLABE', async () => waiting(someone())],
  ])('is none %s', async (_which, other) => {
    const to = someone();
    await other(to);
    const { id } = await waiting(to);
    expect(await factsOf(id)).toMatchObject({ sameAs: null });
  });
});

describe('the name of a CLABE', () => {
  it('is told when it was asked for under another one before', async () => {
    const to = someone();
    await ended('succeeded', { ...to, beneficiaryName: 'Ana López' }, 30);
    const { id } = await waiting({ ...to, beneficiaryName: 'Pedro Ruiz' });
    expect(await factsOf(id)).toMatchObject({ otherName: 'Ana López' });
  });

  it('is the same in a bank’s spelling, and after a try that was not paid', async () => {
    const to = someone();
    await ended('succeeded', { ...to, beneficiaryName: 'LOPEZ  ANA, S.A.' }, 30);
    await ended('failed', { ...to, beneficiaryName: 'Lopes Ana' }, 20);
    const { id } = await waiting({ ...to, beneficiaryName: 'López Ana S.A.' });
    expect(await factsOf(id)).toMatchObject({ otherName: null });
  });
});

it('a CLABE that was blocked meanwhile says why', async () => {
  const to = someone();
  const { id } = await waiting(to);
  await blockBeneficiary(approver, { number: to.destination, reason: 'Cuenta robada' });
  expect(await factsOf(id)).toMatchObject({ blocked: 'Cuenta robada' });
});
