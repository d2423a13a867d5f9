import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { fintocMode, isLocalFintoc } from '~/lib/env';
import { DomainError } from '~/lib/errors';

/**
 * Whether an example company can be made here: of a local Fintoc, where no money has moved yet, and while somebody hears
 * of it. Its history is made by a clock that stands in the past for the whole database, with nothing else at work on it and
 * as the database's owner: neither web nor worker could. `npm start`, which has started both, does (scripts/lib/hear-of-company.mjs);
 * it holds a lock for as long as it listens.
 */
export async function canBeFilled(): Promise<boolean> {
  if (fintocMode() === 'live' || !isLocalFintoc()) return false;
  const [row] = await db().$queryRaw<{ hears: boolean; moved: boolean }[]>`
    SELECT NOT pg_try_advisory_xact_lock_shared(hashtext('monedero.company')) AS hears,
      EXISTS (SELECT FROM ledger_transactions) AS moved`;
  return row?.hears === true && !row.moved;
}

/** Has the example company made: everything but the database stops for it, and starts again. Throws `not_to_be_filled`. */
export async function fillWithCompany(actor: OperatorActor): Promise<void> {
  authorize(actor, 'settings:write');
  if (!(await canBeFilled()))
    throw new DomainError('not_to_be_filled', 'Nobody makes an example company here, or money has moved.');
  await transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_notify('monedero_company', '')`;
    await recordAudit(tx, actor, { action: 'setting.company_asked', subject: 'setting', id: 'demoCompany' });
  });
}
