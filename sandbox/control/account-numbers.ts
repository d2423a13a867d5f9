import { createAccountNumber } from '~/sandbox/accounts';
import { markDeleted, requireAccountNumber } from '~/sandbox/api/account-numbers';
import { requireAccount } from '~/sandbox/api/accounts';
import { FintocError } from '~/sandbox/http/errors';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { row } from '~/sandbox/state';
import { presentAccountNumber } from '~/sandbox/views';

export const accountNumberControls: Route[] = [
  { method: 'POST', path: '/_control/account-numbers/:id/reissue', handle: reissue },
];

/** Deletes a number and gives its 18 digits out again under another id, to the same account or another. */
async function reissue({ sandbox, db, params, input }: Call): Promise<Reply> {
  const old = await requireAccountNumber(db, params.id, 'for no key update');
  const account = await requireAccount(db, input.optionalText('account_id') ?? old.account_id);
  if (old.status !== 'deleted') await markDeleted(sandbox, db, old);
  const taken = await row(
    db,
    `select 1 from sandbox.account_numbers where number = $1 and status <> 'deleted'`,
    [old.number],
  );
  if (taken) throw new FintocError(409, 'invalid_request', `${old.number} was given out again already.`);
  const number = await createAccountNumber(sandbox, db, {
    ...{ accountId: account.id, currency: account.currency, number: old.number },
    description: input.optionalText('description') ?? null,
    isRoot: false,
    metadata: input.metadata(),
  });
  return { status: 201, body: presentAccountNumber(number) };
}
