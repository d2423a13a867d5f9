import { z } from 'zod';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { once } from '~/lib/once';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { REASON_MAX, REASON_MIN } from '~/lib/people/masking';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { DESTINATION_KINDS } from '~/lib/rails/destination';
import { checkedDestination } from '~/lib/rails/registry';
import { lengthOf, lineOf } from '~/lib/text';
import type { Destination } from '~/lib/withdrawals/checks';
import type { BlockedBeneficiary } from '~/prisma/generated/client';

/** Nobody can ask for a payout to this destination or approve one any more, and whoever tries reads the reason. */
export async function blockBeneficiary(actor: OperatorActor, input: { number: string; reason: string }) {
  authorize(actor, 'beneficiaries:block');
  const checked = checkedDestination(input.number);
  const { reason, wrong } = checkReason(input.reason);
  if (!checked.ok) throw new InvalidInputError({ number: checked.reason, ...wrong });
  if (wrong.reason) throw new InvalidInputError(wrong);
  const { kind: destinationKind, destination } = checked;
  return transaction(async (tx) => {
    const [blocked] = await tx.blockedBeneficiary.createManyAndReturn({
      data: [{ destinationKind, destination, reason, blockedById: actor.id }],
      skipDuplicates: true,
    });
    if (!blocked) {
      const standing = await tx.blockedBeneficiary.findUnique({
        where: { destination_destinationKind: { destination, destinationKind } },
      });
      // Their own words from before, whose answer was lost on its way.
      if (standing?.blockedById === actor.id && standing.reason === reason) return standing;
      throw new InvalidInputError({ number: 'already_blocked' });
    }
    await recordAudit(tx, actor, {
      action: 'beneficiary.blocked',
      subject: 'beneficiary',
      id: destination,
      after: blocked,
      reason,
    });
    return blocked;
  });
}

/** Payouts to this destination can be asked for and approved again, once a second person decided so. */
export async function unblockBeneficiary(
  actor: Actor,
  input: { number: string; reason: string; requestId?: string },
) {
  authorize(actor, 'beneficiaries:block');
  const { reason, wrong } = checkReason(input.reason);
  if (wrong.reason) throw new InvalidInputError(wrong);
  const checked = checkedDestination(input.number);
  if (!checked.ok) throw notFound('beneficiary', input.number);
  const { kind: destinationKind, destination } = checked;
  const request = {
    act: 'beneficiary.unblock',
    requestId: input.requestId,
    content: { destinationKind, destination, reason },
  } as const;
  const ask = async (tx: Tx) => {
    const [blocked] = await tx.$queryRaw<{ reason: string }[]>`
      SELECT reason FROM blocked_beneficiaries
      WHERE destination = ${destination} AND destination_kind = ${destinationKind}::destination_kind FOR UPDATE`;
    if (!blocked) throw notFound('beneficiary', destination);
    const facts = { destinationKind, destination, blockedFor: blocked.reason };
    await askToDo(
      tx,
      actor,
      { action: 'beneficiary.unblock', subjectId: destination, facts, reason },
      { does: unblock },
    );
    return { id: destination };
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

const unblocked = z.object({ destinationKind: z.enum(DESTINATION_KINDS) });

/** Does what `beneficiary.unblock` asks for. */
export async function unblock(
  tx: Tx,
  actor: Actor,
  { subjectId: destination, facts, reason }: Act,
): Promise<void> {
  const { destinationKind } = unblocked.parse(facts);
  const [blocked] = await tx.$queryRaw<(Destination & { reason: string })[]>`
    DELETE FROM blocked_beneficiaries
    WHERE destination = ${destination} AND destination_kind = ${destinationKind}::destination_kind
    RETURNING destination_kind AS "destinationKind", destination, reason`;
  if (!blocked) throw notFound('beneficiary', destination);
  await recordAudit(tx, actor, {
    action: 'beneficiary.unblocked',
    subject: 'beneficiary',
    id: destination,
    before: blocked,
    reason,
  });
}

const LATEST_BLOCKED = keyset({ createdAt: 'time', destination: 'word' }, 'desc');

export type BlockedRow = Shown<'blocked', BlockedBeneficiary> & {
  bank: string | null;
  blockedBy: string | null;
};

/** Whom nobody pays, the latest blocked first, with the bank, and who blocked them. */
export async function listBlocked(
  reader: Reader,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Page<BlockedRow>> {
  const rows = await db().blockedBeneficiary.findMany({
    where: LATEST_BLOCKED.where(cursor),
    orderBy: LATEST_BLOCKED.orderBy,
    take: PAGE_SIZE + 1,
  });
  const { items, nextCursor } = LATEST_BLOCKED.page(rows, PAGE_SIZE);
  const operators = await db().operator.findMany({
    where: { id: { in: items.map(({ blockedById }) => blockedById) } },
    select: { id: true, name: true },
  });
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  return {
    items: items.map((blocked) => ({
      ...shown(reader, 'blocked', null, blocked),
      bank: bankOf(blocked.destination),
      blockedBy: names.get(blocked.blockedById) ?? null,
    })),
    nextCursor,
  };
}

function bankOf(destination: string): string | null {
  const checked = checkedDestination(destination);
  return checked.ok ? checked.bank : null;
}

function checkReason(text: string): { reason: string; wrong: Record<string, string> } {
  const reason = lineOf(text);
  const length = lengthOf(reason);
  if (length < REASON_MIN) return { reason, wrong: { reason: 'reason_too_short' } };
  return { reason, wrong: length > REASON_MAX ? { reason: 'too_long' } : {} };
}
