import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { checkClabe, clabeBank, normalizeClabe } from '~/lib/clabe';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { REASON_MAX, REASON_MIN } from '~/lib/people/masking';
import { lengthOf, lineOf } from '~/lib/text';

/** Nobody can ask for a payout to this CLABE or approve one any more, and whoever tries reads the reason. */
export async function blockBeneficiary(actor: OperatorActor, input: { number: string; reason: string }) {
  authorize(actor, 'beneficiaries:block');
  const clabe = checkClabe(input.number);
  const { reason, wrong } = checkReason(input.reason);
  if (!clabe.ok) throw new InvalidInputError({ number: `clabe_${clabe.reason}`, ...wrong });
  if (wrong.reason) throw new InvalidInputError(wrong);
  return transaction(async (tx) => {
    const [blocked] = await tx.blockedBeneficiary.createManyAndReturn({
      data: [{ number: clabe.clabe, reason, blockedById: actor.id }],
      skipDuplicates: true,
    });
    if (!blocked) {
      const standing = await tx.blockedBeneficiary.findUnique({ where: { number: clabe.clabe } });
      // Their own words from before, whose answer was lost on its way.
      if (standing?.blockedById === actor.id && standing.reason === reason) return standing;
      throw new InvalidInputError({ number: 'already_blocked' });
    }
    await recordAudit(tx, actor, {
      action: 'beneficiary.blocked',
      subject: 'beneficiary',
      id: clabe.clabe,
      after: blocked,
      reason,
    });
    return blocked;
  });
}

/** Payouts to this CLABE can be asked for and approved again, once a second person decided so. */
export async function unblockBeneficiary(
  actor: Actor,
  input: { number: string; reason: string; requestId?: string },
) {
  authorize(actor, 'beneficiaries:block');
  const number = normalizeClabe(input.number);
  const { reason, wrong } = checkReason(input.reason);
  if (wrong.reason) throw new InvalidInputError(wrong);
  const request = {
    act: 'beneficiary.unblock',
    requestId: input.requestId,
    content: { number, reason },
  } as const;
  const ask = async (tx: Tx) => {
    const [blocked] = await tx.$queryRaw<{ number: string; reason: string }[]>`
      SELECT number, reason FROM blocked_beneficiaries WHERE number = ${number} FOR UPDATE`;
    if (!blocked) throw notFound('beneficiary', number);
    const facts = { number, blockedFor: blocked.reason };
    await askToDo(
      tx,
      actor,
      { action: 'beneficiary.unblock', subjectId: number, facts, reason },
      { does: unblock },
    );
    return { id: number };
  };
  await transaction((tx) =>
    once(
      tx,
      actor,
      request,
      async (id) => ({ id }),
      () => ask(tx),
    ),
  );
}

/** Does what `beneficiary.unblock` asks for. */
export async function unblock(tx: Tx, actor: Actor, { subjectId: number, reason }: Act): Promise<void> {
  const [blocked] = await tx.$queryRaw<{ number: string; reason: string }[]>`
    DELETE FROM blocked_beneficiaries WHERE number = ${number} RETURNING number, reason`;
  if (!blocked) throw notFound('beneficiary', number);
  await recordAudit(tx, actor, {
    action: 'beneficiary.unblocked',
    subject: 'beneficiary',
    id: number,
    before: blocked,
    reason,
  });
}

/** Whom nobody pays, the latest blocked first, with the bank, and who blocked them. */
export async function listBlocked({ cursor }: { cursor?: string | undefined } = {}) {
  const after = decodeCursor(cursor, 'word');
  const rows = await db().blockedBeneficiary.findMany({
    ...(after && {
      where: {
        OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, number: { lt: after.id } }],
      },
    }),
    orderBy: [{ createdAt: 'desc' }, { number: 'desc' }],
    take: PAGE_SIZE + 1,
  });
  const { items, nextCursor } = toPage(rows, PAGE_SIZE, ({ createdAt, number }) => ({
    at: createdAt,
    id: number,
  }));
  const operators = await db().operator.findMany({
    where: { id: { in: items.map(({ blockedById }) => blockedById) } },
    select: { id: true, name: true },
  });
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  return {
    items: items.map((blocked) => ({
      ...blocked,
      bank: clabeBank(blocked.number)?.name ?? null,
      blockedBy: names.get(blocked.blockedById) ?? null,
    })),
    nextCursor,
  };
}

export type BlockedRow = Awaited<ReturnType<typeof listBlocked>>['items'][number];

function checkReason(text: string): { reason: string; wrong: Record<string, string> } {
  const reason = lineOf(text);
  const length = lengthOf(reason);
  if (length < REASON_MIN) return { reason, wrong: { reason: 'reason_too_short' } };
  return { reason, wrong: length > REASON_MAX ? { reason: 'too_long' } : {} };
}
