import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { requireUncapped } from '~/lib/terms/cap-portfolio';
import { lineOf } from '~/lib/text';
import { belongings, requireThawed } from '~/lib/wallets/standing';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Wallet } from '~/prisma/generated/client';

export type WalletChange = {
  walletId: string;
  /** One of the house keeps its own. */
  name?: string | undefined;
  /** One of its customer's; null: out of the one that it is in. */
  portfolioId?: string | null | undefined;
};

/**
 * Another name, another portfolio, or both: all of it or nothing. What it has already changes nothing. Throws
 * `portfolio_frozen` where that one is frozen as a whole: what is in it then can't be open; and `portfolio_capped` where the one
 * that it would leave has limits as a whole.
 */
export async function changeWallet(
  actor: Actor,
  { walletId, name, portfolioId }: WalletChange,
): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  return transaction(async (tx) => {
    // Nobody freezes the portfolio meanwhile: whoever does locks the customer first.
    const { customerId } = await belongings(tx, walletId);
    if (customerId && portfolioId) await lockRow(tx, 'customers', customerId);
    const wallet = await lockWallet(tx, walletId);
    const renamed = name === undefined ? wallet : await rename(tx, actor, wallet, lineOf(name));
    return portfolioId === undefined ? renamed : move(tx, actor, renamed, portfolioId);
  });
}

async function rename(tx: Tx, actor: Actor, { id, ...before }: Wallet, name: string): Promise<Wallet> {
  if (name === '') throw new InvalidInputError({ name: 'required' });
  if (before.kind === 'house') throw new InvalidInputError({ name: 'house_name' });
  if (before.name === name) return { id, ...before };
  await recordAudit(tx, actor, {
    action: 'wallet.renamed',
    subject: 'wallet',
    id,
    before: { name: before.name },
    after: { name },
  });
  return tx.wallet.update({ where: { id }, data: { name } });
}

async function move(tx: Tx, actor: Actor, before: Wallet, portfolioId: string | null): Promise<Wallet> {
  if (before.portfolioId === portfolioId) return before;
  const to = portfolioId ? await tx.portfolio.findUnique({ where: { id: portfolioId } }) : null;
  if (portfolioId && !to) throw notFound('portfolio', portfolioId);
  if (to && to.customerId !== before.customerId)
    throw new InvalidInputError({ portfolioId: 'of_another_customer' });
  if (before.portfolioId) await requireUncapped(tx, before.portfolioId);
  if (to && before.status !== 'closed') await requireThawed(tx, to.id);
  await recordAudit(tx, actor, {
    action: 'wallet.moved',
    subject: 'wallet',
    id: before.id,
    before: { portfolioId: before.portfolioId },
    after: { portfolioId },
  });
  return tx.wallet.update({ where: { id: before.id }, data: { portfolioId } });
}
