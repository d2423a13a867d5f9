import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { once } from '~/lib/once';
import { type AssetWallet, HELD, inAsset } from '~/lib/wallets/asset-wallets';
import { requireEmpty } from '~/lib/wallets/closing';
import { lockWallet } from '~/lib/wallets/wallets';
import type { WalletAsset } from '~/prisma/generated/client';

/**
 * Gives up the opening of one asset, while the wallet and its others go on: what a step under way makes at the rail
 * meanwhile is disabled, and what arrives there goes to suspense. It can be asked for again. Throws `last_asset` where the
 * wallet holds no other: then the opening of the wallet is given up (cancelOpening).
 */
export async function cancelAsset(
  actor: Actor,
  { requestId, ...asked }: Cancelling & { requestId?: string },
) {
  authorize(actor, 'wallets:provision');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'wallet.cancel_asset', requestId, content: asked },
      async (id) => inAsset(await lockWallet(tx, id), await rowOf(tx, asked)),
      () => cancel(tx, actor, asked),
    ),
  );
}

type Cancelling = { walletId: string; asset: string; reason: string };

async function rowOf(tx: Tx, { walletId, asset }: Cancelling): Promise<WalletAsset> {
  const row = await tx.walletAsset.findUnique({ where: { walletId_asset: { walletId, asset } } });
  if (!row) throw new InvalidInputError({ asset: 'of_another_asset' });
  return row;
}

async function cancel(tx: Tx, actor: Actor, asked: Cancelling): Promise<AssetWallet> {
  const { walletId, asset, reason } = asked;
  const wallet = await lockWallet(tx, walletId);
  const where = { walletId_asset: { walletId, asset } };
  const before = await rowOf(tx, asked);
  if (before.state !== 'opening') {
    const { state: status } = before;
    const ends = ['asset_opened', 'opened'];
    const act = 'wallet.asset_cancelled';
    await requireOwnDecision(tx, actor, {
      ...{ subject: 'wallet', id: walletId, status, act, ends },
      after: { asset },
    });
    return inAsset(wallet, before);
  }
  if (wallet.status === 'closed')
    throw new DomainError('conflict', 'The wallet is closed.', { status: wallet.status });
  if ((await tx.walletAsset.count({ where: { walletId, ...HELD } })) === 1)
    throw new DomainError('last_asset', 'It is all that the wallet holds.');
  // Its number stands, and somebody was quick to pay to it.
  await requireEmpty(tx, walletId, asset);
  const after = await tx.walletAsset.update({ where, data: { state: 'cancelled' } });
  await recordAudit(tx, actor, {
    ...{ action: 'wallet.asset_cancelled', subject: 'wallet', id: walletId, reason },
    before: { state: before.state },
    after: { state: after.state, asset },
  });
  return inAsset(wallet, after);
}
