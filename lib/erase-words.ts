import { system } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { openedCustomer } from '~/lib/people/kept';
import { forgetViewsOf } from '~/lib/people/saved-views';
import { ERASED_ADDRESS } from '~/lib/statements/kinds';
import { endOrder, lockOrder } from '~/lib/statements/orders';
import { forgetCalled } from '~/lib/wallets/erased';
import type { Prisma } from '~/prisma/generated/client';

/** What a customer is called of whom nobody can say any more who it was. */
export const ERASED = 'Cliente borrado · Erased customer';
/** What is left of what Fintoc said of a KYB. PostgreSQL lets nothing else take its place. */
const UNSAID = '{"data":{}}';

/** What somebody may have looked for them by: asked while they are known. */
export async function calledBy(tx: Tx, customerId: string): Promise<string[]> {
  const row = await tx.customer.findUniqueOrThrow({ where: { id: customerId } });
  const { name, taxId, email, phone, externalId } = await openedCustomer(tx, row);
  const numbers = await tx.accountNumber.findMany({
    where: { walletAsset: { wallet: { customerId } } },
    select: { number: true },
  });
  const own = numbers.map(({ number }) => number);
  return [name, taxId, email, phone, externalId, ...own].filter((text) => text !== null);
}

/** What is plain of them elsewhere, and is no record of money: names, texts, what Fintoc told of who they are. */
export async function forgetWords(tx: Tx, customerId: string, called: readonly string[]): Promise<void> {
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
  await forgetCalled(tx, customerId);
  await forgetFiles(tx, customerId, ids);
  await forgetViewsOf(tx, called);
  await tx.$executeRaw`SELECT erase_texts(${customerId}::uuid)`;
  // Whoever knew all of what was asked could try it against this.
  await tx.onceRequest.updateMany({
    where: { act: 'customer.create', madeId: customerId },
    data: { contentHash: '' },
  });
}

type Told = { wallets: string[]; entities: { id: string; onboardings: { id: string }[] }[] };

/**
 * What was said of who they are, word for word, between us and others: to Fintoc, to make their entity, to begin its KYB and
 * to open what is called after them;
 * by Fintoc, of how that went; and to the platform, of them, their wallets and their entity. What moved money stays.
 */
async function forgetTold(tx: Tx, customerId: string, { wallets, entities }: Told): Promise<void> {
  await tx.fintocRequest.deleteMany({ where: { purpose: { startsWith: `customer:${customerId}:entity:` } } });
  const moves = await tx.patternMove.findMany({ where: { walletId: { in: wallets } }, select: { id: true } });
  const opened = [...wallets.map((id) => `wallet:${id}:`), ...moves.map(({ id }) => `move:${id}:`)];
  await tx.fintocRequest.updateMany({
    where: { OR: opened.map((startsWith) => ({ purpose: { startsWith } })) },
    data: { body: {}, response: {} },
  });
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
  // It says whose it was.
  await tx.statement.updateMany({ where: statement, data: { fileName: null } });
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
