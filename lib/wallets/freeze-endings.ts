import { system } from '~/lib/actor';
import { transaction } from '~/lib/db';
import { type Queue, workOff } from '~/lib/queue';
import { unfreezeIn } from '~/lib/wallets/status';
import { lockWallet } from '~/lib/wallets/wallets';
import { Prisma } from '~/prisma/generated/client';

/** Lifts the freezes whose time is over. Answers how many were due. */
export function liftFreezes(limit = 50): Promise<number> {
  const due = Prisma.sql`
    SELECT w.id::text AS item FROM wallets w WHERE w.status = 'frozen' AND w.frozen_until <= now() ORDER BY w.frozen_until`;
  return workOff(LIFTING, due, limit, ({ item: walletId }) =>
    transaction(async (tx) => {
      const { status, frozenUntil, statusReason } = await lockWallet(tx, walletId);
      if (status !== 'frozen' || !frozenUntil || frozenUntil.getTime() > Date.now()) return;
      await unfreezeIn(tx, system('expiry'), { walletId, reason: statusReason ?? '' });
    }),
  );
}

/** One that can't be lifted keeps no other from it. */
const LIFTING: Queue = {
  name: 'freeze_endings',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 5 * 60_000 },
};
