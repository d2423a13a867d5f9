import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { once } from '~/lib/once';
import { type Linked, lockOperator, note } from '~/lib/people/access';
import { makeAskedReset, openAskedLink } from '~/lib/people/links';
import { dropFactors } from '~/lib/people/own-factors';
import { requireReach } from '~/lib/people/power';
import { roleOf } from '~/lib/people/role-of';
import { factorWays } from '~/lib/people/second-factor';

/**
 * A link as `secret` for somebody who lost their password: it opens once a second person has decided so, for a day, and
 * the password that they had is good until they used it.
 */
export async function askForReset(
  actor: OperatorActor,
  { id, requestId }: { id: string; requestId?: string },
): Promise<Linked> {
  authorize(actor, 'operators:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'operator.password', requestId, content: { id } },
      (): Promise<Linked> => tx.operator.findUniqueOrThrow({ where: { id } }),
      () => askToOpenReset(tx, actor, id),
    ),
  );
}

async function askToOpenReset(tx: Tx, actor: OperatorActor, id: string): Promise<Linked> {
  const operator = await lockOperator(tx, id);
  requireReach(actor, roleOf(operator));
  if (operator.guestUntil) throw new DomainError('conflict', 'A guest has no password.');
  const { name, email } = operator;
  const asked = { subjectId: id, facts: { name, email }, reason: name } as const;
  let secret = '';
  await askToDo(
    tx,
    actor,
    { action: 'operator.password', ...asked },
    {
      does: openReset,
      prepare: async (approvalId) => {
        secret = await makeAskedReset(tx, { operatorId: id, madeById: actor.id, approvalId });
      },
    },
  );
  return { ...operator, secret };
}

/** Does what `operator.password` asks for. */
export async function openReset(tx: Tx, actor: Actor, { subjectId: id, approvalId, askedById }: Act) {
  if (approvalId === null) throw new Error('A link is made for who asked.');
  await openAskedLink(tx, approvalId);
  await recordAudit(tx, actor, { action: 'operator.link_opened', subject: 'operator', id });
  await note(tx, askedById, id, 'password');
}

/** Takes the second factor from somebody who lost theirs, once a second person has decided so. Their sessions end. */
export async function removeFactor(actor: Actor, { id, requestId }: { id: string; requestId?: string }) {
  authorize(actor, 'operators:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'operator.second_factor', requestId, content: { id } },
      () => tx.operator.findUniqueOrThrow({ where: { id } }),
      () => askToRemoveFactor(tx, actor, id),
    ),
  );
}

async function askToRemoveFactor(tx: Tx, actor: Actor, id: string) {
  const operator = await lockOperator(tx, id);
  requireReach(actor, roleOf(operator));
  if ((await factorWays(id, tx)).length === 0)
    throw new DomainError('conflict', 'They have no second factor.');
  const { name, email } = operator;
  const asked = { subjectId: id, facts: { name, email }, reason: name } as const;
  await askToDo(tx, actor, { action: 'operator.second_factor', ...asked }, { does: removeAskedFactor });
  return operator;
}

/** Does what `operator.second_factor` asks for. */
export async function removeAskedFactor(tx: Tx, actor: Actor, { subjectId: id, askedById }: Act) {
  await lockOperator(tx, id);
  await dropFactors(tx, actor, id);
  await note(tx, askedById, id, 'factor');
}
