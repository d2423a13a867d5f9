import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { transaction } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { lineOf } from '~/lib/text';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Wallet } from '~/prisma/generated/client';

/** Another name for a wallet; one of the house keeps its own. The same name again changes nothing. */
export async function renameWallet(actor: Actor, input: { walletId: string; name: string }): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  const { walletId } = input;
  const name = lineOf(input.name);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  return transaction(async (tx) => {
    const before = await lockWallet(tx, walletId);
    if (before.kind === 'house') throw new InvalidInputError({ name: 'house_name' });
    if (before.name === name) return before;
    const after = await tx.wallet.update({ where: { id: walletId }, data: { name } });
    await recordAudit(tx, actor, {
      action: 'wallet.renamed',
      subject: 'wallet',
      id: walletId,
      before: { name: before.name },
      after: { name },
    });
    return after;
  });
}
