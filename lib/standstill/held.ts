import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Queryable, type Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import type { Held } from '~/lib/standstill/mark';
import { freezeOf } from '~/lib/wallets/frozen';
import { freezeIn } from '~/lib/wallets/status';

/** What was held again: a wallet by its id, a beneficiary by the end of their number. */
export type HeldAgain =
  | { kind: 'wallet'; id: string; what: 'frozen' }
  | { kind: 'beneficiary'; id: string; what: 'blocked' };

/** The latest acts and blocks that are remembered: it is read each second, and a backup is rarely older than these. */
const LATEST = 1_000;

/** The freezes and blocks that stand, of the latest that were made. */
export async function heldNow(client: Queryable): Promise<Held> {
  const [row] = await client.$queryRaw<{ held: Held }[]>`
    SELECT jsonb_build_object(
      'frozen', (SELECT coalesce(jsonb_object_agg(w.id, jsonb_build_object('reason', coalesce(w.status_reason, ''),
          'direction', coalesce(w.frozen_direction, 'both'), 'until', w.frozen_until, 'deposits', w.frozen_deposits)), '{}')
        FROM wallets w WHERE w.status = 'frozen' AND w.id IN (
          SELECT a.subject_id FROM lifecycle_acts a WHERE a.subject_type = 'wallet' AND a.act = 'frozen'
            AND a.id > (SELECT coalesce(max(id), 0) FROM lifecycle_acts) - ${LATEST})),
      'blocked', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', b.destination_kind,
          'destination', b.destination, 'reason', b.reason, 'by', b.blocked_by_id) ORDER BY b.destination), '[]')
        FROM (SELECT * FROM blocked_beneficiaries ORDER BY created_at DESC LIMIT ${LATEST}) b)) AS held`;
  if (!row) throw new Error('One row is always answered.');
  return row.held;
}

/** Freezes and blocks again what was frozen and blocked after the backup; nothing is made less. Answers what. */
export async function holdAgain(tx: Tx, { frozen, blocked }: Held): Promise<HeldAgain[]> {
  const held: HeldAgain[] = [];
  for (const [id, was] of Object.entries(frozen))
    if (await freezeAgain(tx, id, was)) held.push({ kind: 'wallet', id, what: 'frozen' });
  for (const { kind: destinationKind, destination, reason, by: blockedById } of blocked) {
    const data = [{ destinationKind, destination, reason, blockedById }];
    const [after] = await tx.blockedBeneficiary.createManyAndReturn({ data, skipDuplicates: true });
    if (!after) continue;
    await recordAudit(tx, BOOKS, {
      ...{ action: 'beneficiary.blocked', subject: 'beneficiary', id: destination, after, reason },
    });
    held.push({ kind: 'beneficiary', id: `…${destination.slice(-4)}`, what: 'blocked' });
  }
  return held;
}

/** One that these books don't know yet, or that isn't open in them, pays nobody. */
async function freezeAgain(tx: Tx, walletId: string, was: Held['frozen'][string]): Promise<boolean> {
  const until = was.until === null ? undefined : new Date(was.until);
  if (until && until.getTime() <= Date.now()) return false;
  const wallet = await tx.wallet.findUnique({ where: { id: walletId } });
  if (!wallet || (wallet.status !== 'open' && !freezeOf(wallet))) return false;
  const { reason, direction, deposits } = was;
  try {
    await freezeIn(tx, BOOKS, { walletId, reason, direction, until, deposits: deposits ?? undefined });
    // Its numbers are disabled by us since then, which these books forgot with the freeze.
    if (deposits === 'refuse')
      await tx.accountNumber.updateMany({
        where: { walletAsset: { walletId } },
        data: { disabledHereAt: new Date() },
      });
    return true;
  } catch (error) {
    // These books have it frozen as much already.
    if (error instanceof DomainError && error.code === 'conflict') return false;
    throw error;
  }
}

/** The names of wallets among what was held again. */
export async function walletNames(
  held: readonly { kind: string; id: string }[],
): Promise<Map<string, string>> {
  const ids = held.flatMap(({ kind, id }) => (kind === 'wallet' ? [id] : []));
  const wallets = await db().wallet.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(wallets.map(({ id, name }) => [id, name]));
}

const BOOKS = system('standstill');
