import { type Actor, authorize, type OperatorActor, system } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { REASON_MAX, REASON_MIN } from '~/lib/people/masking';
import { ERASED_ADDRESS } from '~/lib/statements/kinds';
import { endOrder, lockOrder } from '~/lib/statements/orders';
import { lengthOf, lineOf } from '~/lib/text';
import { shredKey } from '~/lib/vault/data-keys';
import type { Prisma } from '~/prisma/generated/client';

/** What a customer is called of whom nobody can say any more who it was. */
export const ERASED = 'Cliente borrado · Erased customer';

/** What is left of what Fintoc said of a KYB. PostgreSQL lets nothing else take its place. */
const UNSAID = '{"data":{}}';

/** What stands in the way of erasing somebody, the first of it. */
type Obstacle = 'money' | 'debt' | 'hold' | 'payment' | 'deposit' | 'open' | 'kyb' | 'case';

/**
 * Asks to erase who a customer is, for good: once a second person decides so, their data key is shredded, and with it what
 * it sealed, in the audit log too; their name becomes a sentence. What was booked stays, under their id. Throws
 * `not_erasable` while anything of theirs stands.
 */
export async function askErasure(
  actor: OperatorActor,
  input: { customerId: string; reason: string; requestId?: string },
): Promise<{ id: string }> {
  authorize(actor, 'people:erase');
  const { customerId: id, requestId } = input;
  const reason = lineOf(input.reason);
  if (lengthOf(reason) < REASON_MIN) throw new InvalidInputError({ reason: 'reason_too_short' });
  if (lengthOf(reason) > REASON_MAX) throw new InvalidInputError({ reason: 'too_long' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'customer.erase', requestId, content: { id, reason } },
      async (made) => ({ id: made }),
      async () => {
        await requireErasable(tx, id);
        // Without a name: the approval is kept.
        const asked = { action: 'customer.erase', subjectId: id, facts: {}, reason } as const;
        await askToDo(tx, actor, asked, { does: eraseAsked, byTwo: true });
        return { id };
      },
    ),
  );
}

/** Does what `customer.erase` asks for. */
export async function eraseAsked(tx: Tx, actor: Actor, { subjectId: id, reason }: Act): Promise<void> {
  await requireErasable(tx, id);
  await shredKey(tx, `customer:${id}`);
  await tx.customer.update({
    where: { id },
    data: {
      ...{ name: ERASED, erasedAt: new Date(), externalId: null, requestId: null },
      ...{ taxIdSealed: '', emailSealed: null, phoneSealed: null },
      ...{ taxIdHash: null, emailHash: null, phoneHash: null },
    },
  });
  await forgetWords(tx, id);
  await recordAudit(tx, actor, { action: 'customer.erased', subject: 'customer', id, reason });
}

/** What is plain of them elsewhere, and is no record of money: names, texts, what Fintoc told of who they are. */
async function forgetWords(tx: Tx, customerId: string): Promise<void> {
  const wallets = await tx.wallet.findMany({ where: { customerId }, select: { id: true } });
  const ids = wallets.map(({ id }) => id);
  await tx.wallet.updateMany({ where: { customerId }, data: { name: ERASED, statusReason: null } });
  const portfolios = await tx.portfolio.findMany({ where: { customerId }, orderBy: { id: 'asc' } });
  for (const [nth, { id }] of portfolios.entries())
    await tx.portfolio.update({ where: { id }, data: { name: `${ERASED} ${nth + 1}` } });
  const entities = await tx.entity.findMany({
    where: { customerId },
    select: { id: true, onboardings: { select: { id: true } } },
  });
  await forgetTold(tx, customerId, { wallets: ids, entities });
  const ofEntity = { entity: { customerId } };
  await tx.kybDraft.deleteMany({ where: ofEntity });
  await tx.onboarding.updateMany({ where: ofEntity, data: { raw: {} } });
  await tx.entity.updateMany({ where: { customerId }, data: { holderName: ERASED, holderId: '', raw: {} } });
  await tx.beneficiary.updateMany({
    where: { customerId, removedAt: null },
    data: { removedAt: new Date() },
  });
  await forgetFiles(tx, customerId, ids);
  // Whoever knew all of what was asked could try it against this.
  await tx.onceRequest.updateMany({
    where: { act: 'customer.create', madeId: customerId },
    data: { contentHash: '' },
  });
}

type Told = { wallets: string[]; entities: { id: string; onboardings: { id: string }[] }[] };

/**
 * What was said of who they are, word for word, between us and others: to Fintoc, to make their entity and begin its KYB;
 * by Fintoc, of how that went; and to the platform, of them, their wallets and their entity. What moved money stays.
 */
async function forgetTold(tx: Tx, customerId: string, { wallets, entities }: Told): Promise<void> {
  await tx.fintocRequest.deleteMany({ where: { purpose: { startsWith: `customer:${customerId}:entity:` } } });
  for (const { id, onboardings } of entities) {
    await tx.fintocRequest.updateMany({
      where: { purpose: { startsWith: `entity:${id}:onboarding:` } },
      data: { body: {}, response: {} },
    });
    const events = {
      objectId: { in: onboardings.map((each) => each.id) },
      type: { startsWith: 'entity.onboarding.' },
    };
    await tx.inboxEvent.updateMany({ where: events, data: { body: UNSAID } });
    await tx.inboxConflict.updateMany({ where: { event: events }, data: { body: UNSAID } });
  }
  const deliveries = {
    OR: [
      { subjectKind: 'customer', subjectId: customerId },
      { subjectKind: 'wallet', subjectId: { in: wallets } },
      { subjectKind: 'entity', subjectId: { in: entities.map(({ id }) => id) } },
    ],
  };
  await tx.webhookAttempt.updateMany({ where: { delivery: deliveries }, data: { responseBody: null } });
  // One that still waits, or is sent again, is made anew of what they are now.
  await tx.webhookDelivery.updateMany({ where: deliveries, data: { body: null } });
}

/** Files that were made of them and wait to be taken. */
async function forgetFiles(tx: Tx, customerId: string, walletIds: string[]): Promise<void> {
  const pack = { customerId };
  await tx.personPackChunk.deleteMany({ where: { pack } });
  await tx.personPack.updateMany({ where: { ...pack, state: 'ready' }, data: { state: 'expired' } });
  const statement = { OR: [{ customerId }, { walletId: { in: walletIds } }, { portfolio: { customerId } }] };
  await tx.statementChunk.deleteMany({ where: { statement } });
  await tx.statement.updateMany({ where: { ...statement, state: 'ready' }, data: { state: 'expired' } });
  await forgetAddresses(tx, { statement, orders: { OR: statement.OR } });
}

type Theirs = { statement: Prisma.StatementWhereInput; orders: Prisma.StatementOrderWhereInput };

/** Where their statements went by mail, which mostly is to themselves; nothing more goes there. */
async function forgetAddresses(tx: Tx, { statement, orders }: Theirs): Promise<void> {
  await tx.statementMail.updateMany({
    where: { statement, state: 'waiting' },
    data: { state: 'dead', error: 'no_file', endedAt: new Date() },
  });
  const mails = await tx.statementMail.findMany({ where: { statement } });
  for (const { id } of mails)
    await tx.statementMail.update({ where: { id }, data: { address: `${ERASED_ADDRESS}:${id}` } });
  const ordered = await tx.statementOrder.findMany({ where: orders });
  for (const { id, endedAt } of ordered)
    if (endedAt === null) await endOrder(tx, system('statements'), await lockOrder(tx, id), 'closed');
  await tx.statementOrder.updateMany({ where: orders, data: { addresses: [ERASED_ADDRESS] } });
  // Whoever knew an address could try it against what was asked.
  const made = [...mails.map(({ statementId }) => statementId), ...ordered.map(({ id }) => id)];
  await tx.onceRequest.updateMany({
    where: { act: { in: ['statement.ask', 'statement.mail', 'statement_order.make'] }, madeId: { in: made } },
    data: { contentHash: '' },
  });
}

/** Under the customer's lock, which whoever opens a wallet for them waits for. */
async function requireErasable(tx: Tx, customerId: string): Promise<void> {
  await lockRow(tx, 'customers', customerId);
  const customer = await tx.customer.findUnique({ where: { id: customerId }, select: { erasedAt: true } });
  if (!customer) throw notFound('customer', customerId);
  if (customer.erasedAt) throw new DomainError('customer_erased', 'Who this was is erased already.');
  const obstacle = await obstacleTo(tx, customerId);
  if (obstacle)
    throw new DomainError('not_erasable', `Something of theirs stands: ${obstacle}.`, { obstacle });
}

/** How a withdrawal ends: after it nothing of it moves any more. */
const ENDED = ['succeeded', 'failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired'] as const;

async function obstacleTo(tx: Tx, customerId: string): Promise<Obstacle | null> {
  const ids = (await tx.wallet.findMany({ where: { customerId }, select: { id: true } })).map(({ id }) => id);
  const of = { walletId: { in: ids } };
  // Also what is set aside or on its way.
  const balances = await tx.ledgerAccount.findMany({
    where: { ownerId: { in: ids }, balance: { not: 0n } },
    select: { bucket: true },
  });
  if (balances.some(({ bucket }) => bucket !== 'receivable')) return 'money';
  if (balances.length > 0) return 'debt';
  if ((await tx.hold.count({ where: { ...of, state: 'active' } })) > 0) return 'hold';
  if ((await tx.withdrawal.count({ where: { ...of, status: { notIn: [...ENDED] } } })) > 0) return 'payment';
  if ((await tx.transfer.count({ where: { ...of, suspenseSince: { not: null } } })) > 0) return 'deposit';
  if ((await tx.wallet.count({ where: { customerId, status: { not: 'closed' } } })) > 0) return 'open';
  const open = { entity: { customerId }, status: { notIn: ['approved', 'rejected', 'cancelled'] } };
  if ((await tx.onboarding.count({ where: open })) > 0) return 'kyb';
  if ((await tx.case.count({ where: { customerId, closedAt: null } })) > 0) return 'case';
  return null;
}
