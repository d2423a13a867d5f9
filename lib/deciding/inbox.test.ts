import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { cancelAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { ask } from '~/lib/approvals/ask';
import { countDecidable, countWaiting, endedLately } from '~/lib/approvals/read';
import { db, transaction } from '~/lib/db';
import { type InboxFilter, inboxTotals, listInbox } from '~/lib/deciding/inbox';
import { decideApproval, expireApprovals } from '~/lib/deciding/registry';
import { returnDeposit } from '~/lib/deposits/deposits';
import { waitedLonger } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, someClabe, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const MUCH = 6_000_000n;
let approver: OperatorActor;

beforeAll(async () => {
  approver = await someOperator('approver');
});

type Payout = NonNullable<Parameters<typeof withdraw>[2]>;

/** The approval that a withdrawal waits for. */
async function payout(facts: Payout = {}, asker?: OperatorActor) {
  const wallet = await someWallet();
  await fundWallet(wallet, 2n * MUCH);
  const { id } = await withdraw(asker ?? (await someOperator()), wallet, { amount: MUCH, ...facts });
  return about(id);
}

async function adjustment(reason: string, amount = 100n, asker?: OperatorActor) {
  const [from, to] = [await someWallet(), await someWallet()];
  await fundWallet(from, amount);
  const { id } = await requestAdjustment(asker ?? (await someOperator()), {
    ...{ fromWalletId: from.id, toWalletId: to.id, amount, reason, requestId: randomUUID() },
  });
  return about(id);
}

/** A deposit that somebody asks to send back, although so much of it was spent. */
async function returned(reason: string, spent = 0n, asker?: OperatorActor) {
  const wallet = await someWallet();
  const { accountId, numberId, number } = wallet;
  const { id } = await told({ accountId, numberId, number, amount: 40_000 });
  if (spent > 0n) await spendFrom(wallet, spent);
  await returnDeposit(asker ?? (await someOperator()), { transferId: id, reason, acceptsLoss: spent });
  return about(id);
}

async function unblocking(number: string) {
  const asker = await someOperator('approver');
  const facts = { number, blockedFor: 'Robada' };
  return transaction((tx) =>
    ask(tx, asker, { action: 'beneficiary.unblock', subjectId: number, facts, reason: 'Se aclaró' }),
  );
}

async function word(amount = 50n) {
  const asker = await someOperator('approver');
  const facts = { asset: 'MXN', difference: amount };
  const subjectId = randomUUID();
  return transaction((tx) =>
    ask(tx, asker, { action: 'break.release', subjectId, facts, reason: 'Revisado' }),
  );
}

const about = (subjectId: string) =>
  db().approval.findFirstOrThrow({ where: { subjectId, state: 'waiting' } });
const listed = async (filter: InboxFilter, reader = approver) =>
  (await listInbox(reader, { ...filter, size: 1_000 })).items;
const idsOf = async (filter: InboxFilter, reader = approver) =>
  (await listed(filter, reader)).map(({ id }) => id);

describe('the inbox', () => {
  it('shows each kind with what its noun knows of it', async () => {
    const to = someClabe('012');
    const [paid, adjusted, back, act, said] = [
      await payout({ destination: to, beneficiaryName: 'Berta' }),
      await adjustment('Era de otro cliente'),
      await returned('Llegó por error'),
      await unblocking(someClabe('012')),
      await word(),
    ];
    const rows = new Map((await listed({})).map((row) => [row.id, row]));
    expect(rows.get(paid.id)).toMatchObject({
      ...{ action: 'withdrawal.pay', standing: 'decides', onItsPage: false },
      expiresAt: new Date(paid.askedAt.getTime() + 72 * 3_600_000),
      subject: { kind: 'payout', payout: { destination: to, paid: null, sameAs: null, blocked: null } },
    });
    expect(rows.get(adjusted.id)).toMatchObject({
      reason: 'Era de otro cliente',
      subject: { kind: 'adjustment', adjustment: { amount: 100n, fromWallet: { status: 'open' } } },
    });
    expect(rows.get(back.id)).toMatchObject({
      onItsPage: false,
      subject: { kind: 'deposit', request: { kind: 'return', transfer: { amount: 40_000n } } },
    });
    expect(rows.get(act.id)).toMatchObject({ subject: { kind: 'facts' }, facts: { blockedFor: 'Robada' } });
    expect(rows.get(said.id)).toMatchObject({ subject: { kind: 'facts' }, onItsPage: true });
    const kinds = { withdrawals: paid, adjustments: adjusted, deposits: back, people: act, proof: said };
    for (const [group, { id }] of Object.entries(kinds)) {
      const only = await listed({ group: group as keyof typeof kinds });
      expect(only.map((row) => row.id)).toContain(id);
      expect(only.length).toBe((await countWaiting(approver))[group as keyof typeof kinds].decides);
    }
  });

  it('has what this reader may decide on first, of that the longest waiting, page by page', async () => {
    const number = someClabe('012');
    const mine = await payout({ destination: number }, approver);
    await waitedLonger(mine.subjectId, 9);
    const [young, old] = [await payout({ destination: number }), await payout({ destination: number })];
    await waitedLonger(old.subjectId, 5);
    const order = [old.id, young.id, mine.id];
    expect(await idsOf({ text: number })).toEqual(order);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInbox(approver, { text: number, size: 1, cursor });
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(walked).toEqual(order);
  });

  it('finds by what each noun is found by, by who asked and why, and by amount', async () => {
    const clabe = someClabe('012');
    const asker = await someOperator();
    const [paid, adjusted, back, act] = [
      await payout({ beneficiaryName: 'Zulema Quiroga', amount: 6_123_456n }, asker),
      await adjustment('Xilófono perdido', 7_777n),
      await returned('Zarape equivocado'),
      await unblocking(clabe),
    ];
    expect(await idsOf({ text: 'quiroga' })).toEqual([paid.id]);
    expect(await idsOf({ text: asker.name })).toContain(paid.id);
    expect(await idsOf({ text: 'xilofono' })).toEqual([adjusted.id]);
    expect(await idsOf({ text: 'zarape' })).toEqual([back.id]);
    expect(await idsOf({ text: clabe })).toEqual([act.id]);
    expect(await idsOf({ asset: ['MXN'], minAmount: 6_123_456n, maxAmount: 6_123_456n })).toEqual([paid.id]);
    const { fromWalletId } = adjusted.facts as { fromWalletId: string };
    expect(await idsOf({ walletId: fromWalletId })).toEqual([adjusted.id]);
    expect(await idsOf({ banks: ['012'], text: 'quiroga' })).toEqual([paid.id]);
    expect(await idsOf({ banks: ['646'], text: 'quiroga' })).toEqual([]);
    expect(await idsOf({ to: new Date(Date.now() - 86_400_000) })).toEqual([]);
  });

  it('adds up what its filter moves per asset, and counts what this reader may choose', async () => {
    const reason = `Totales ${randomUUID()}`;
    await adjustment(reason, 200n);
    await adjustment(reason, 300n);
    await returned(reason, 1_000n);
    expect(await inboxTotals(approver, { text: reason })).toEqual({
      count: 3,
      totals: [{ asset: 'MXN', count: 3, amount: 40_500n }],
      // What loses money is decided where it is accepted.
      decidable: 2,
    });
  });
});

describe('a reader', () => {
  it('does not decide on their own, nor on what somebody asks who is tied to them', async () => {
    const [tied, free] = [await someOperator(), await someOperator()];
    const [own, theirs, other] = [await payout({}, approver), await payout({}, tied), await payout({}, free)];
    const before = await countDecidable(approver);
    await tamper(
      `INSERT INTO operator_changes (id, operator_id, by_id, what, at) VALUES (gen_random_uuid(), $1, $2, 'role', now())`,
      [tied.id, approver.id],
    );
    const standing = new Map((await listed({})).map((row) => [row.id, row.standing]));
    expect([own, theirs, other].map(({ id }) => standing.get(id))).toEqual(['own', 'tied', 'decides']);
    expect(await countDecidable(approver)).toBe(before - 1);
    await expect(
      decideApproval(approver, { approvalId: theirs.id, verdict: 'approved' }),
    ).rejects.toMatchObject({ code: 'not_independent' });
    await tamper(`UPDATE operator_changes SET at = now() - interval '25 hours' WHERE operator_id = $1`, [
      tied.id,
    ]);
    expect((await listed({})).find(({ id }) => id === theirs.id)?.standing).toBe('decides');
  });

  it('who approved does not decide again while somebody else has to', async () => {
    const asked = await adjustment('Lo deciden dos');
    await tamper(`UPDATE approvals SET steps = '[{"people":2}]' WHERE id = $1`, [asked.id]);
    await decideApproval(approver, { approvalId: asked.id, verdict: 'approved' });
    const standingFor = async (reader: OperatorActor) =>
      (await listed({}, reader)).find(({ id }) => id === asked.id)?.standing;
    expect(await standingFor(approver)).toBe('said');
    expect(await standingFor(await someOperator('admin'))).toBe('decides');
    expect(await standingFor(await someOperator())).toBe('role');
  });

  it('sees how many of each kind wait for them, by their own wish, and for others', async () => {
    const [me, colleague] = [await someOperator('approver'), await someOperator()];
    const before = [await countWaiting(me), await countWaiting(colleague)] as const;
    await payout({}, me);
    await payout({}, colleague);
    const [mine, theirs] = [await countWaiting(me), await countWaiting(colleague)];
    expect(mine.withdrawals).toEqual({
      ...{ decides: before[0].withdrawals.decides + 1, own: 1, others: 0 },
      since: { decides: expect.any(Date), others: expect.any(Date) },
    });
    expect(theirs.withdrawals).toEqual({
      ...{ decides: 0, own: 1, others: before[1].withdrawals.others + 1 },
      since: { decides: null, others: expect.any(Date) },
    });
  });
});

describe.each([
  ['adjustments', (asker: OperatorActor) => adjustment('Corrección', 10n, asker)],
  ['deposits', (asker: OperatorActor) => returned('Por error', 0n, asker)],
] as const)('what waits of %s', (kind, asking) => {
  it('is counted apart for who asked and for others, and no more once it is decided', async () => {
    const [me, colleague] = [await someOperator('approver'), await someOperator()];
    const counts = async () =>
      [(await countWaiting(me))[kind], (await countWaiting(colleague))[kind]] as const;
    const [forMe, forColleague] = await counts();
    for (const asker of [me, colleague, colleague]) await asking(asker);
    const { id } = await asking(colleague);
    await decideApproval(me, { approvalId: id, verdict: 'declined', reason: 'No coincide' });
    expect(await counts()).toEqual([
      {
        decides: forMe.decides + 2,
        own: 1,
        others: 0,
        since: { decides: expect.any(Date), others: expect.any(Date) },
      },
      {
        ...{ decides: 0, own: 2, others: forColleague.others + 1 },
        since: { decides: null, others: expect.any(Date) },
      },
    ]);
  });
});

describe('what ended', () => {
  it('is told with who decided, called it off, or that nobody did in time', async () => {
    const asked = [await payout(), await payout(), await payout(), await payout(), await adjustment('Ya no')];
    const [yes, no, off, late, dropped] = asked.map(({ id }) => id);
    await decideApproval(approver, { approvalId: yes ?? '', verdict: 'approved' });
    await decideApproval(approver, { approvalId: no ?? '', verdict: 'declined', reason: 'No coincide' });
    const canceller = await someOperator();
    await cancelWithdrawal(canceller, { withdrawalId: asked[2]?.subjectId ?? '', reason: 'Ya no' });
    await waitedLonger(asked[3]?.subjectId ?? '', 73);
    await expireApprovals();
    await cancelAdjustment(canceller, { adjustmentId: asked[4]?.subjectId ?? '', reason: 'Ya no' });
    const ended = new Map((await endedLately()).map((ending) => [ending.id, ending]));
    expect([yes, no, off, late, dropped].map((id) => ended.get(id ?? ''))).toEqual([
      expect.objectContaining({ ending: 'approved', by: approver.name, at: expect.any(Date) }),
      expect.objectContaining({ ending: 'declined', by: approver.name }),
      expect.objectContaining({ ending: 'cancelled', by: canceller.name }),
      expect.objectContaining({ ending: 'expired', by: '' }),
      expect.objectContaining({ ending: 'cancelled', by: canceller.name }),
    ]);
  });
});

it('a word is never said without a reason of one’s own', async () => {
  const { id } = await word();
  await expect(decideApproval(approver, { approvalId: id, verdict: 'approved' })).rejects.toMatchObject({
    fields: { reason: 'required' },
  });
});
