import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { calledBy, ERASED, forgetWords } from '~/lib/erase-words';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { REASON_MAX, REASON_MIN } from '~/lib/people/masking';
import { lengthOf, lineOf } from '~/lib/text';
import { shredKey } from '~/lib/vault/data-keys';

/** What stands in the way of erasing somebody, the first of it. */
type Obstacle = 'money' | 'debt' | 'hold' | 'payment' | 'deposit' | 'open' | 'kyb' | 'case';

/**
 * Asks to erase who a customer is, for good: once a second person decides so, their data key is shredded, and with it what
 * it sealed, in the audit log too; their name becomes a sentence, and so does what people wrote of them. What was booked
 * stays, under their id. Throws `not_erasable` while anything of theirs stands.
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
  const called = await calledBy(tx, id);
  await shredKey(tx, `customer:${id}`);
  await tx.customer.update({
    where: { id },
    data: {
      ...{ name: ERASED, erasedAt: new Date(), externalId: null, requestId: null },
      ...{ taxIdSealed: '', emailSealed: null, phoneSealed: null },
      ...{ taxIdHash: null, emailHash: null, phoneHash: null },
    },
  });
  await forgetWords(tx, id, called);
  await recordAudit(tx, actor, { action: 'customer.erased', subject: 'customer', id, reason });
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
