import { recordAudit } from '~/lib/audit/audit';
import { type Backoff, backoffMs } from '~/lib/backoff';
import { houseHas } from '~/lib/beneficiaries/ask';
import { nameScore } from '~/lib/beneficiaries/names';
import { db, type Queryable, type Tx, transaction } from '~/lib/db';
import { type HeldReason, verificationHeldBack } from '~/lib/gate/gate';
import { lockRow } from '~/lib/lock';
import { log } from '~/lib/log';
import { type Queue, workOff } from '~/lib/queue';
import type { HolderVerdict, RailVerification } from '~/lib/rails/rail';
import { railActor, railOf } from '~/lib/rails/registry';
import { type AccountVerification, Prisma } from '~/prisma/generated/client';

const QUEUE: Queue = {
  name: 'verifications',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 600_000 },
};
/** Between two looks at what is on its way. */
const LOOKS: Backoff = { firstMs: 1_000, mostMs: 10 * 60_000 };
/** The rail's clock and ours may differ by so much. */
const CLOCKS_MS = 10 * 60_000;
/** A question that is as new as this was never sent by books that a restore took back. */
const FRESH_MS = 60_000;

/** Sends what was asked, and looks after what is on its way. Answers how many were looked at. */
export function workVerifications(limit = 20): Promise<number> {
  const due = Prisma.sql`
    SELECT id::text AS item FROM account_verifications WHERE ended_at IS NULL AND next_at <= now() ORDER BY next_at`;
  return workOff(QUEUE, due, limit, ({ item }) => step(item));
}

async function step(id: string): Promise<void> {
  const row = await db().accountVerification.findUniqueOrThrow({ where: { id } });
  await putOff(row);
  try {
    if (row.state === 'pending') await takeIn(id, await railOf(row.accountId).holderAsked(row.railId ?? ''));
    else await ask(row);
  } catch (error) {
    log.warn({ verification: id, err: error }, 'verification not answered');
  }
}

/** Whatever becomes of this look, the next one comes: sooner, where there was news. */
async function putOff({ id, looks }: AccountVerification): Promise<void> {
  await db().accountVerification.update({
    where: { id },
    data: { looks: { increment: 1 }, nextAt: new Date(Date.now() + backoffMs(LOOKS, looks + 1)) },
  });
}

/**
 * Sends the question, under one key for good. One that may be there already is searched for first, and once the rail may
 * have forgotten the key it is never sent again: a second coin would be nobody's.
 */
async function ask(row: AccountVerification): Promise<void> {
  const { id, accountId, destination, sentAt, requestedAt } = row;
  const rail = railOf(accountId);
  if (sentAt || Date.now() - requestedAt.getTime() > FRESH_MS) {
    const found = await search(row);
    if (found) return takeIn(id, found);
    if (sentAt && Date.now() - sentAt.getTime() >= rail.facts().keyLifeMs)
      return end(id, 'unanswered', 'no_answer');
  }
  await rail.awaitTurn();
  if (!(await transaction((tx) => letGo(tx, id)))) return;
  const verdict = await rail.askHolder({ destination, key: `monedero:verification:${id}` });
  if (verdict.kind === 'accepted') return takeIn(id, verdict.verification);
  if (verdict.kind === 'unknown') throw verdict.error;
  await settleRefusal(row, verdict);
}

/** What stands at the rail about that number since it was asked, and is no other question's. */
async function search(row: AccountVerification): Promise<RailVerification | null> {
  const { accountId, destination, sentAt, requestedAt, transferId } = row;
  const since = new Date((sentAt ?? requestedAt).getTime() - CLOCKS_MS);
  const found: RailVerification[] = [];
  for await (const one of railOf(accountId).findHolderAsked(destination, since))
    if (one.number === destination && one.at >= since) found.push(one);
  const others = await db().accountVerification.findMany({
    where: { railId: { in: found.map(({ id }) => id) } },
    select: { railId: true },
  });
  const free = found.filter((one) => !others.some(({ railId }) => railId === one.id));
  // What the books saw is the one; else the first that was asked.
  return free.find((one) => transferId !== null && one.transferId === transferId) ?? free.at(-1) ?? null;
}

/** Under its lock: asks the gate, and writes down that the request leaves. From here on its coin may come. */
async function letGo(tx: Tx, id: string): Promise<boolean> {
  const { state, sentAt, asset, heldReason } = await lock(tx, id);
  if (state !== 'queued' && state !== 'sent') return false;
  const reason: HeldReason | null =
    (await verificationHeldBack(tx, id)) ?? ((await houseHas(tx, asset, 0n)) ? null : 'not_covered');
  if (reason === null)
    await tx.accountVerification.update({
      where: { id },
      data: { state: 'sent', sentAt: sentAt ?? new Date(), heldReason: null },
    });
  else if (reason !== heldReason)
    await tx.accountVerification.update({ where: { id }, data: { heldReason: reason } });
  return reason === null;
}

/** Behind an earlier request without an answer a refusal ends nothing: that one may have been taken. */
async function settleRefusal(
  before: AccountVerification,
  { again, code }: Extract<HolderVerdict, { kind: 'refused' }>,
): Promise<void> {
  if (before.sentAt === null && again !== 'same_key') await end(before.id, 'refused', code);
}

async function end(id: string, state: 'refused' | 'unanswered', reason: string): Promise<void> {
  await transaction(async (tx) => {
    const before = await lock(tx, id);
    if (before.endedAt === null) await change(tx, before, { state, reason, endedAt: new Date() });
  });
}

async function takeIn(id: string, told: RailVerification): Promise<void> {
  await transaction((tx) => take(tx, id, told));
}

/** What an event says of a question, where the answer to it has named it already; else the next look finds it. */
export async function takeTold(tx: Queryable, told: RailVerification): Promise<void> {
  const asked = await tx.accountVerification.findUnique({ where: { railId: told.id }, select: { id: true } });
  if (asked) await take(tx, asked.id, told);
}

async function take(tx: Queryable, id: string, told: RailVerification): Promise<void> {
  const before = await lock(tx, id);
  if (before.endedAt !== null) return;
  const { word, transferId, holderName, holderTaxId, reason, receiptUrl } = told;
  // The rail knows whose coin it is; the books only saw one that fits.
  if (transferId)
    await tx.accountVerification.updateMany({
      where: { transferId, id: { not: id }, railId: null },
      data: { transferId: null },
    });
  const known = { railId: told.id, ...(transferId && { transferId }), heldReason: null };
  if (word === 'pending') {
    await tx.accountVerification.update({ where: { id }, data: { state: word, ...known } });
    return;
  }
  const holder = {
    holderName,
    holderTaxId,
    score: holderName === null ? null : nameScore(before.name, holderName),
  };
  await change(tx, before, {
    ...{ state: word, ...known, reason, receiptUrl, endedAt: new Date() },
    ...(word === 'succeeded' && holder),
  });
}

async function change(
  tx: Queryable,
  before: AccountVerification,
  data: Prisma.AccountVerificationUncheckedUpdateInput,
): Promise<void> {
  const after = await tx.accountVerification.update({
    where: { id: before.id },
    data,
    include: { beneficiary: { select: { customerId: true } } },
  });
  const { beneficiary, ...row } = after;
  await recordAudit(tx, railActor(row.accountId), {
    action: row.state === 'succeeded' ? 'beneficiary.verified' : 'beneficiary.verification_failed',
    ...{ subject: 'customer', id: beneficiary.customerId, before, after: row },
  });
}

async function lock(tx: Queryable, id: string): Promise<AccountVerification> {
  await lockRow(tx, 'account_verifications', id);
  return tx.accountVerification.findUniqueOrThrow({ where: { id } });
}
