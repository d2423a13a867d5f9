import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { isAsset, MAX_AMOUNT } from '~/lib/money';
import { once } from '~/lib/once';
import { type Cap, capOf } from '~/lib/terms/caps';

export type NewCap = Cap & {
  portfolioId: string;
  asset: string;
  reason: string;
  requestId?: string | undefined;
};

const amount = z.coerce.bigint().nullable();
const cap = z.object({ dayAmount: amount, balanceAmount: amount });

/** What `portfolio.cap` is decided on; an approval keeps bigints as text. */
export const capShape = z.object({
  portfolioId: z.uuid(),
  name: z.string(),
  customer: z.string(),
  asset: z.string(),
  before: cap,
  after: cap,
});

/**
 * Asks for other limits of a portfolio as a whole, in one asset (`portfolio.cap`): what all its wallets may hold together, and
 * what may leave them within a day. Both null lift them. What they used today counts. The same again changes nothing.
 */
export async function capPortfolio(actor: Actor, { requestId, ...asked }: NewCap): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  requireSound(asked);
  const { portfolioId: id, asset, dayAmount, balanceAmount } = asked;
  const reason = asked.reason.trim();
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'portfolio.cap', requestId, content: asked },
      async () => ({ id }),
      async () => {
        const { name, customer } = await portfolioOf(tx, id);
        const before = await capOf(tx, id, asset);
        const after = { dayAmount, balanceAmount };
        if (isSame(before, after)) return { id };
        const facts = { portfolioId: id, name, customer: customer.name, asset, before, after };
        await askToDo(
          tx,
          actor,
          { action: 'portfolio.cap', subjectId: id, facts, reason },
          { does: writeCap },
        );
        return { id };
      },
    ),
  );
}

function requireSound({ asset, dayAmount, balanceAmount, reason }: NewCap): void {
  const wrong: Record<string, string> = {};
  if (!isAsset(asset)) wrong.asset = 'unknown_asset';
  for (const [field, value] of Object.entries({ dayAmount, balanceAmount })) {
    if (value !== null && value <= 0n) wrong[field] = 'amount_not_positive';
    if (value !== null && value > MAX_AMOUNT) wrong[field] = 'amount_too_large';
  }
  if (reason.trim() === '') wrong.reason = 'required';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
}

async function portfolioOf(tx: Tx, id: string) {
  const select = { name: true, customerId: true, customer: { select: { name: true } } } as const;
  const found = await tx.portfolio.findUnique({ where: { id }, select });
  if (!found) throw notFound('portfolio', id);
  return found;
}

function isSame(one: Cap, other: Cap): boolean {
  return one.dayAmount === other.dayAmount && one.balanceAmount === other.balanceAmount;
}

/**
 * Does what `portfolio.cap` asks for, with all its wallets locked and touched: whoever posts for one meanwhile was before, or
 * reads again.
 */
export async function writeCap(tx: Tx, actor: Actor, { subjectId: id, facts, reason }: Act): Promise<void> {
  const { asset, before: was, after } = capShape.parse(facts);
  const { customerId } = await portfolioOf(tx, id);
  await lockRow(tx, 'customers', customerId);
  await tx.$queryRaw`
    SELECT 1 AS locked FROM wallets w WHERE w.portfolio_id = ${id}::uuid ORDER BY w.id FOR NO KEY UPDATE`;
  const before = await capOf(tx, id, asset);
  if (!isSame(before, was)) throw new DomainError('conflict', 'Its limits are others by now.');
  await tx.$executeRaw`UPDATE wallets SET updated_at = clock_timestamp() WHERE portfolio_id = ${id}::uuid`;
  if (after.dayAmount === null && after.balanceAmount === null)
    await tx.portfolioCap.deleteMany({ where: { portfolioId: id, asset } });
  else
    await tx.portfolioCap.upsert({
      where: { portfolioId_asset: { portfolioId: id, asset } },
      create: { portfolioId: id, asset, ...after },
      update: after,
    });
  await recordAudit(tx, actor, {
    action: 'portfolio.capped',
    subject: 'customer',
    id: customerId,
    before: { ...before, portfolioId: id, asset },
    after: { ...after, portfolioId: id, asset },
    reason,
  });
}

/** Refuses to let a wallet go from a portfolio that is limited as one (`portfolio_capped`): it would escape what two people decided. */
export async function requireUncapped(tx: Tx, portfolioId: string): Promise<void> {
  if ((await tx.portfolioCap.count({ where: { portfolioId } })) > 0)
    throw new DomainError('portfolio_capped', 'Its portfolio has limits as a whole.');
}
