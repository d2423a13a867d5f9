import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { askVerification } from '~/lib/beneficiaries/ask';
import { saveBeneficiary } from '~/lib/beneficiaries/beneficiaries';
import { getBeneficiary } from '~/lib/beneficiaries/read';
import { workVerifications } from '~/lib/beneficiaries/send';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { TRANSFER_RULES } from '~/lib/proof/rules';
import { verifyBooks } from '~/lib/proof/verify';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someCustomer, someOperator } from '~/lib/testing/factories';
import { expectCashEqualsFintoc, proveAll } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let rootId: string;

beforeAll(async () => {
  operator = await someOperator();
  rootId = (await fintoc.rootAccount()).id;
});

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await expectSoundBooks();
  await expectCashEqualsFintoc(fintoc);
  const rules = TRANSFER_RULES;
  expect(await verifyBooks((query) => db().$queryRaw<unknown[]>(query), { rules })).toEqual([]);
});

/** Money of the platform's own: what comes to its root account's own number. */
async function fundPlatform(amount: number): Promise<void> {
  await fintoc.fund(rootId, amount);
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
}

async function someBeneficiary(name = 'Ximena Robles', destination = someClabe('012')) {
  const customer = await someCustomer();
  return saveBeneficiary(operator, { customerId: customer.id, name, destination, requestId: randomUUID() });
}

const ask = (beneficiaryId: string, requestId = randomUUID()) =>
  askVerification(operator, { beneficiaryId, requestId });
const row = (id: string) => db().accountVerification.findUniqueOrThrow({ where: { id } });
const coins = async () => (await fintoc.payouts()).filter(({ amount }) => BigInt(amount) === 1n);
const unexplained = () => db().unexplainedPayout.count();

/** Lets workers do what is due by now, and the webhooks that it leads to arrive. */
async function work(): Promise<void> {
  await db().accountVerification.updateMany({ where: { endedAt: null }, data: { nextAt: new Date(0) } });
  await workVerifications();
  await fintoc.deliveriesDone();
  await drain();
}

async function untilEnded(id: string) {
  for (let nth = 0; nth < 5 && (await row(id)).endedAt === null; nth += 1) await work();
  return row(id);
}

it('the platform pays for it: without money of its own nothing is asked', async () => {
  const { id } = await someBeneficiary();
  await expect(ask(id)).rejects.toMatchObject({ code: 'house_not_covered' });
  await fundPlatform(10_000);
});

describe('a verification', () => {
  it('tells whose account it is, and its centavo is known before it comes and is the platform’s expense', async () => {
    const before = await balanceOf('house/operating');
    const beneficiary = await someBeneficiary('Lucía Peña');
    await fintoc.control('POST', '/holders', {
      ...{ account_number: beneficiary.destination, holder_name: 'PENA LUCIA', holder_id: 'PELL800101AB1' },
    });
    const asked = await ask(beneficiary.id);
    const ended = await untilEnded(asked.id);
    expect(ended).toMatchObject({ state: 'succeeded', holderName: 'PENA LUCIA', score: 100 });
    const [transfer] = await db().transfer.findMany({ where: { id: ended.transferId ?? '' } });
    expect(transfer).toMatchObject({ purpose: 'verification', state: 'succeeded', amount: 1n });
    expect(await balanceOf('house/operating')).toBe(before - 1n);
    expect(await unexplained()).toBe(0);
    // Read once more by the poll it is the same one.
    await pollTransfers();
    expect(await db().transfer.count({ where: { purpose: 'verification' } })).toBe(1);
    expect(await getBeneficiary(ANYBODY, beneficiary.id)).toMatchObject({
      isFirst: true,
      verification: { verdict: 'same', score: 100 },
    });
    const acts = await db().auditEntry.findMany({ where: { subjectId: beneficiary.customerId } });
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['beneficiary.saved', 'beneficiary.verification_asked', 'beneficiary.verified']),
    );
  });

  it('of another’s account says so, and of none that there is none', async () => {
    const [other, none] = [await someBeneficiary(), await someBeneficiary('Nadie', '012969100000000039')];
    await fintoc.control('POST', '/holders', {
      account_number: other.destination,
      holder_name: 'MATEO IBARRA',
    });
    const asked = [await ask(other.id), await ask(none.id)];
    const [told, failed] = [await untilEnded(asked[0]?.id ?? ''), await untilEnded(asked[1]?.id ?? '')];
    expect(told).toMatchObject({ state: 'succeeded', score: 0 });
    expect(failed).toMatchObject({ state: 'failed', reason: 'non_existing_account', score: null });
    expect(await unexplained()).toBe(0);
  });

  it('asked twice under one request is one, and a second one to that number waits for the first', async () => {
    const { id, name, destination } = await someBeneficiary();
    const requestId = randomUUID();
    const [one, two] = await Promise.all([ask(id, requestId), ask(id, requestId)]);
    expect(two.id).toBe(one.id);
    const twin = await someBeneficiary(name, destination);
    await expect(ask(twin.id)).rejects.toMatchObject({ code: 'verification_waits' });
    const sent = (await coins()).length;
    await Promise.all([workVerifications(), workVerifications(), workVerifications()]);
    await untilEnded(one.id);
    expect((await coins()).length).toBe(sent + 1);
  });

  it.each(['reset', 'html_500'])(
    'whose answer was lost (%s) is found, and sends one centavo',
    async (kind) => {
      const { id } = await someBeneficiary();
      const sent = (await coins()).length;
      const asked = await ask(id);
      await fintoc.control('POST', '/faults', {
        ...{ kind, when: 'after_commit', method: 'POST', path: '/v2/account_verifications' },
      });
      await work();
      // Its centavo came, and the books know it, though nobody has answered yet.
      const lost = await row(asked.id);
      expect(lost).toMatchObject({ state: 'sent', railId: null });
      expect(await unexplained()).toBe(0);
      expect(await db().transfer.findUnique({ where: { id: lost.transferId ?? '' } })).toMatchObject({
        purpose: 'verification',
      });
      expect((await untilEnded(asked.id)).transferId).toBe(lost.transferId);
      expect((await coins()).length).toBe(sent + 1);
    },
  );

  it('that Fintoc never got is sent once more, and what it refuses ends', async () => {
    const [lost, refused] = [await someBeneficiary(), await someBeneficiary()];
    const sent = (await coins()).length;
    const fault = { method: 'POST', path: '/v2/account_verifications', when: 'before_commit' };
    await fintoc.control('POST', '/faults', { ...fault, kind: 'reset' });
    const asked = await ask(lost.id);
    await work();
    expect(await row(asked.id)).toMatchObject({ state: 'sent' });
    expect(await untilEnded(asked.id)).toMatchObject({ state: 'succeeded' });
    expect((await coins()).length).toBe(sent + 1);
    await fintoc.control('POST', '/faults', {
      ...fault,
      kind: 'refusal',
      status: 400,
      code: 'invalid_clabe',
    });
    expect(await untilEnded((await ask(refused.id)).id)).toMatchObject({
      ...{ state: 'refused', reason: 'invalid_clabe', sentAt: expect.any(Date) },
    });
    expect((await coins()).length).toBe(sent + 1);
  });

  it('without an answer is not asked again once Fintoc may have forgotten the key', async () => {
    const { id } = await someBeneficiary();
    const asked = await ask(id);
    await fintoc.control('POST', '/faults', {
      ...{ kind: 'reset', when: 'before_commit', method: 'POST', path: '/v2/account_verifications' },
    });
    await work();
    await tamper(
      `UPDATE account_verifications SET sent_at = now() - interval '24 hours' WHERE id = '${asked.id}'`,
    );
    const sent = (await coins()).length;
    expect(await untilEnded(asked.id)).toMatchObject({ state: 'unanswered', reason: 'no_answer' });
    expect((await coins()).length).toBe(sent);
  });

  it('waits at the gate for what all payouts wait for, and for a beneficiary who was blocked', async () => {
    const { id, destination } = await someBeneficiary();
    const asked = await ask(id);
    await blockBeneficiary(await someOperator('approver'), {
      number: destination,
      reason: 'Reportada por fraude',
    });
    const sent = (await coins()).length;
    await work();
    expect(await row(asked.id)).toMatchObject({ state: 'queued', heldReason: 'beneficiary_blocked' });
    expect((await coins()).length).toBe(sent);
    await expect(ask((await someBeneficiary()).id)).resolves.toMatchObject({ state: 'queued' });
    await db().blockedBeneficiary.deleteMany();
    await db().payoutStop.create({ data: { cause: 'returns', reason: 'Muchas', facts: {} } });
    await work();
    expect(await row(asked.id)).toMatchObject({ state: 'queued', heldReason: 'payouts_stopped' });
    await tamper(
      'ALTER TABLE payout_stops DISABLE TRIGGER ALL; UPDATE payout_stops SET resumed_at = now(); ALTER TABLE payout_stops ENABLE TRIGGER ALL',
    );
    expect(await untilEnded(asked.id)).toMatchObject({ state: 'succeeded', heldReason: null });
  });
});

describe('a centavo that leaves without a mark', () => {
  it('is unexplained where nobody asked for it, though another to that number was', async () => {
    const { id, destination } = await someBeneficiary();
    await untilEnded((await ask(id)).id);
    const { transfer_id } = await fintoc.control('POST', '/account-verifications', {
      account_number: destination,
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await db().unexplainedPayout.findUnique({ where: { transferId: transfer_id } })).toMatchObject({
      reason: 'no_mark',
    });
    expect(await db().transfer.findUnique({ where: { id: transfer_id } })).toMatchObject({
      purpose: 'unexplained',
    });
  });
});
