import { type Actor, authorize } from '~/lib/actor';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { once } from '~/lib/once';
import { momentOf, type Until } from '~/lib/until';
import { requireClosable, requireEmpty } from '~/lib/wallets/closing';
import { both, type FreezeDirection, freezeOf, isSameFreeze } from '~/lib/wallets/frozen';
import { canRefuseDeposits, type FrozenDeposits } from '~/lib/wallets/frozen-deposits';
import { belongings, requireOpenWhole } from '~/lib/wallets/standing';
import { changeStatus, requireStatus } from '~/lib/wallets/status-change';
import { unlessRuled } from '~/lib/wallets/unless-ruled';
import type { Wallet } from '~/prisma/generated/client';

/**
 * Gives an opening up. A step that is under way opens nothing any more; what it makes at Fintoc meanwhile becomes the
 * closed wallet's, its CLABE is disabled like any closed wallet's, and what still arrives goes to suspense.
 */
export async function cancelOpening(
  actor: Actor,
  { walletId, reason }: { walletId: string; reason: string },
) {
  authorize(actor, 'wallets:provision');
  return transaction((tx) =>
    changeStatus(tx, actor, { walletId, act: 'opening_cancelled', reason }, async (wallet) => {
      requireStatus(wallet, ['opening']);
      // Its CLABE stands, and somebody was quick to pay to it.
      await requireEmpty(tx, walletId);
      return { status: 'closed', statusReason: reason, closedBy: 'platform' };
    }),
  );
}

export type NewFreeze = {
  reason: string;
  /** What it stops; left out, both. */
  direction?: FreezeDirection | undefined;
  /** When it is lifted by itself; left out, never. */
  until?: Date | undefined;
  /** What becomes of deposits that it stops. */
  deposits?: FrozenDeposits | undefined;
};

/** As it is asked for. Asked twice with one requestId, it is one freeze. */
export type FreezeAsked = Omit<NewFreeze, 'until'> & {
  until?: Until | undefined;
  requestId?: string | undefined;
};

/**
 * Stops what leaves a wallet, what comes in, or both. Deposits that are stopped are sent back by Fintoc or kept in
 * suspense: left out, sent back where Fintoc can. Throws `invalid` where it can't and that was asked for. A freeze on a
 * frozen wallet stops more or for longer, never less. Throws `rule_asks` where a rule has somebody else decide first, as
 * lifting and closing do.
 */
export async function freezeWallet(
  actor: Actor,
  { requestId, ...asked }: FreezeAsked & { walletId: string },
): Promise<Wallet> {
  authorize(actor, 'wallets:freeze');
  const freeze = { ...asked, until: momentOf(asked.until) };
  requireFuture(freeze.until);
  const { walletId, reason, direction, until, deposits } = freeze;
  return unlessRuled(
    actor,
    {
      ...{
        action: 'wallet.freeze',
        of: 'wallet',
        id: walletId,
        reason,
        facts: { direction, until, deposits },
      },
      ...{ requestId, content: asked },
    },
    (tx, by) => onceAsked(tx, by, 'wallet.freeze', { requestId, ...asked }, () => freezeIn(tx, by, freeze)),
  );
}

/** The same as a part of what is done to its customer or portfolio; whoever opened it has authorized the actor. */
export function freezeIn(
  tx: Tx,
  actor: Actor,
  { walletId, partOf, ...freeze }: NewFreeze & { walletId: string; partOf?: bigint },
): Promise<Wallet> {
  const { reason, deposits, until = null } = freeze;
  return changeStatus(tx, actor, { walletId, act: 'frozen', reason, partOf }, async (wallet) => {
    const asked = { direction: freeze.direction ?? 'both', until };
    const standing = freezeOf(wallet);
    const wanted = standing ? both(standing, asked) : asked;
    if (!standing || isSameFreeze(standing, wanted)) requireStatus(wallet, ['open']);
    return {
      status: 'frozen',
      statusReason: reason,
      frozenDirection: wanted.direction,
      frozenUntil: wanted.until,
      frozenDeposits: wanted.direction === 'debits' ? null : await depositsOf(tx, wallet, deposits),
    };
  });
}

export function requireFuture(until: Date | undefined): void {
  if (until && until.getTime() <= Date.now()) throw new InvalidInputError({ until: 'in_the_past' });
}

async function depositsOf(
  tx: Tx,
  wallet: Wallet,
  asked: FrozenDeposits | undefined,
): Promise<FrozenDeposits> {
  const numbers = await tx.accountNumber.findMany({ where: { walletAsset: { walletId: wallet.id } } });
  const refusable = canRefuseDeposits(numbers);
  if (asked === 'refuse' && !refusable) throw new InvalidInputError({ deposits: 'root_number_takes_all' });
  return asked ?? (wallet.frozenDeposits as FrozenDeposits | null) ?? (refusable ? 'refuse' : 'suspend');
}

const THAWED = { status: 'open', statusReason: null, ...noFreeze() } as const;

function noFreeze() {
  return { frozenDeposits: null, frozenDirection: null, frozenUntil: null };
}

export async function unfreezeWallet(
  actor: Actor,
  { walletId, reason, requestId }: { walletId: string; reason: string; requestId?: string },
) {
  authorize(actor, 'wallets:freeze');
  const asked = { action: 'wallet.unfreeze', of: 'wallet', id: walletId, reason, requestId } as const;
  return unlessRuled(actor, asked, (tx, by) =>
    onceAsked(tx, by, 'wallet.unfreeze', { requestId, walletId, reason }, () =>
      unfreezeAlone(tx, by, { walletId, reason }),
    ),
  );
}

/** Not while its customer or portfolio is frozen as a whole: that is lifted as one. */
export async function unfreezeAlone(
  tx: Tx,
  actor: Actor,
  { walletId, reason }: { walletId: string; reason: string },
): Promise<Wallet> {
  await requireOpenWhole(tx, await belongings(tx, walletId));
  return unfreezeIn(tx, actor, { walletId, reason });
}

export function unfreezeIn(
  tx: Tx,
  actor: Actor,
  { walletId, reason, partOf }: { walletId: string; reason: string; partOf?: bigint },
): Promise<Wallet> {
  return changeStatus(tx, actor, { walletId, act: 'unfrozen', reason, partOf }, async (wallet) => {
    requireStatus(wallet, ['frozen']);
    return THAWED;
  });
}

/** Closes a wallet that nothing stands in the way of. `closedBy` decides whether it can ever be reopened. */
export async function closeWallet(
  actor: Actor,
  input: { walletId: string; reason: string; closedBy: 'platform' | 'customer'; requestId?: string },
) {
  authorize(actor, 'wallets:freeze');
  const { walletId: id, reason, closedBy, requestId } = input;
  return unlessRuled(
    actor,
    { action: 'wallet.close', of: 'wallet', id, reason, facts: { closedBy }, requestId },
    (tx, by) => onceAsked(tx, by, 'wallet.close', input, () => closeIn(tx, by, input)),
  );
}

export function closeIn(
  tx: Tx,
  actor: Actor,
  input: { walletId: string; reason: string; closedBy: 'platform' | 'customer'; partOf?: bigint },
): Promise<Wallet> {
  const { walletId, reason, closedBy, partOf } = input;
  return changeStatus(tx, actor, { walletId, act: 'closed', reason, partOf }, async (wallet) => {
    requireStatus(wallet, ['open', 'frozen']);
    await requireClosable(tx, wallet);
    return { status: 'closed', statusReason: reason, closedBy, ...noFreeze() };
  });
}

export async function reopenWallet(
  actor: Actor,
  input: { walletId: string; reason: string; requestId?: string },
): Promise<Wallet> {
  authorize(actor, 'wallets:freeze');
  return transaction((tx) =>
    onceAsked(tx, actor, 'wallet.reopen', input, async () => {
      await requireOpenWhole(tx, await belongings(tx, input.walletId));
      return reopenIn(tx, actor, input);
    }),
  );
}

/** Asked again under its id it stays done, also where somebody has undone it since. */
function onceAsked(
  tx: Tx,
  actor: Actor,
  act: `wallet.${string}`,
  { requestId, ...content }: { walletId: string; reason: string; requestId?: string | undefined },
  change: () => Promise<Wallet>,
): Promise<Wallet> {
  const recall = (id: string) => tx.wallet.findUniqueOrThrow({ where: { id } });
  return once(tx, actor, { act, requestId, content }, recall, change);
}

export function reopenIn(
  tx: Tx,
  actor: Actor,
  { walletId, reason, partOf }: { walletId: string; reason: string; partOf?: bigint },
): Promise<Wallet> {
  return changeStatus(tx, actor, { walletId, act: 'reopened', reason, partOf }, async (wallet) => {
    requireStatus(wallet, ['closed']);
    if (wallet.closedBy !== 'customer')
      throw new DomainError('conflict', 'Only a wallet that its customer closed can be reopened.');
    await tx.accountNumber.updateMany({
      where: { walletAsset: { walletId }, quarantineEndsAt: { not: null }, status: { not: 'deleted' } },
      data: { quarantineEndsAt: null },
    });
    return { status: 'open', statusReason: null, closedBy: null };
  });
}
