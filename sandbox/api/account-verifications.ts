import { isValidClabe, normalizeClabe } from '~/lib/clabe';
import { rootAccount } from '~/sandbox/accounts';
import { requireSender } from '~/sandbox/api/transfers';
import { missingResource } from '~/sandbox/http/errors';
import type { Input } from '~/sandbox/http/input';
import { dateFilters, filters, listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { newId } from '~/sandbox/ids';
import { mexicanCounterparty } from '~/sandbox/scenarios';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import { createOutbound } from '~/sandbox/transfers';
import { presentVerification, type VerificationRow } from '~/sandbox/views';

export const accountVerificationRoutes: Route[] = [
  { method: 'GET', path: '/v2/account_verifications', handle: listVerifications },
  { method: 'POST', path: '/v2/account_verifications', handle: verifyAccount, movesMoney: true },
  { method: 'GET', path: '/v2/account_verifications/:id', handle: getVerification },
];

function listVerifications(call: Call) {
  return listPage<VerificationRow>(call, {
    table: 'sandbox.account_verifications',
    select: 'select t.* from sandbox.account_verifications t',
    where: [
      ...filters(call.query, {
        account_number: `t.counterparty->>'account_number' = ?`,
        transfer_id: 't.transfer_id = ?',
      }),
      ...dateFilters(call.query, { since: 't.transaction_date >= ?', until: 't.transaction_date <= ?' }),
    ],
    present: (verification) => presentVerification(verification, call.sandbox.baseUrl),
  });
}

async function verifyAccount({ sandbox, db, input }: Call) {
  return { status: 201, body: await verifyNumber(sandbox, db, input) };
}

/** Sends one centavo from the root account, and learns from the receipt whose account it is. */
export async function verifyNumber(sandbox: Sandbox, db: Db, input: Input) {
  const account_number = normalizeClabe(input.text('account_number'));
  if (!isValidClabe(account_number))
    throw input.refusal('invalid_clabe', 'account_number', 'is not a valid CLABE');
  const account = await rootAccount(db);
  requireSender(account);
  const counterparty = mexicanCounterparty({ account_number });
  const transfer = await createOutbound(sandbox, db, { account, amount: 1n, counterparty });
  const verification = await row<VerificationRow>(
    db,
    `insert into sandbox.account_verifications (id, transfer_id, counterparty, transaction_date)
     values ($1, $2, $3, $4) returning *`,
    [newId('accv', now(sandbox)), transfer.id, JSON.stringify(counterparty), transfer.transaction_date],
  );
  if (!verification) throw new Error('The verification was not stored.');
  return presentVerification(verification, sandbox.baseUrl);
}

async function getVerification({ sandbox, db, params }: Call) {
  const id = params.id ?? '';
  const verification = await row<VerificationRow>(
    db,
    'select * from sandbox.account_verifications where id = $1',
    [id],
  );
  if (!verification) throw missingResource('account_verification', id);
  return { status: 200, body: presentVerification(verification, sandbox.baseUrl) };
}
