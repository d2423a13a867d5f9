import { isValidClabe } from '~/lib/clabe';
import { SELECT_ACCOUNTS } from '~/sandbox/accounts';
import { verifyNumber } from '~/sandbox/api/account-verifications';
import { requireAccount } from '~/sandbox/api/accounts';
import type { Input } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { type Counterparty, mexicanCounterparty } from '~/sandbox/scenarios';
import { nextStep, takeSteps } from '~/sandbox/settle';
import { rows } from '~/sandbox/state';
import { createOutbound, lockTransfer, type NewOutbound } from '~/sandbox/transfers';
import { type AccountRow, presentTransfer } from '~/sandbox/views';

/** What leaves without having been asked for by the API: from Fintoc's Dashboard, or by Fintoc itself. */
export const payoutControls: Route[] = [
  { method: 'GET', path: '/_control/pending-payouts', handle: listPending },
  { method: 'POST', path: '/_control/dashboard-payouts', handle: payFromDashboard },
  { method: 'POST', path: '/_control/account-verifications', handle: verifyFromDashboard },
  { method: 'POST', path: '/_control/holders', handle: nameHolder },
  { method: 'POST', path: '/_control/daily-settlement', handle: settleDay },
];

const DAILY_SETTLEMENT_CLABE = '012180000000000002';
const DAILY_SETTLEMENT_COMMENT = 'Fintoc daily settlement';
const MOST_SHOWN = 100;
/** A payout is on its way for a moment only: what is older has ended. */
const MOST_LOOKED_AT = 2_000;

/** The newest that are on their way, of a comment if one is given: what control can still end otherwise. */
async function listPending({ db, query }: Call): Promise<Reply> {
  const found = await rows<{ id: string }>(
    db,
    `select id from (select * from sandbox.transfers order by seq desc limit ${MOST_LOOKED_AT}) newest
     where direction = 'outbound' and status = 'pending' and ($1::text is null or comment = $1)
     order by seq desc limit ${MOST_SHOWN}`,
    [query.get('comment')],
  );
  return { status: 200, body: { ids: found.map(({ id }) => id) } };
}

/** A payout by hand, from any account to anybody, with whatever metadata: also a mark that is another's. */
async function payFromDashboard({ sandbox, db, input }: Call): Promise<Reply> {
  const account = await requireAccount(db, input.text('account_id'));
  const outbound: NewOutbound = {
    account,
    amount: input.amount('amount'),
    counterparty: freeCounterparty(input.object('counterparty')),
    comment: input.optionalText('comment') ?? null,
    referenceId: input.referenceId() ?? null,
    metadata: input.metadata(),
  };
  const body = await pay({ sandbox, db }, outbound, input.flag('settle'));
  return { status: 201, body };
}

/** One centavo from the root account, asked for in the Dashboard. */
async function verifyFromDashboard({ sandbox, db, input }: Call): Promise<Reply> {
  return { status: 201, body: await verifyNumber(sandbox, db, input) };
}

/** Says whose account a number is: what a verification of it is told. Without a name its bank tells none. */
async function nameHolder({ db, input }: Call): Promise<Reply> {
  await db.query(
    `insert into sandbox.holders (account_number, holder_id, holder_name) values ($1, $2, $3)
     on conflict (account_number) do update set holder_id = excluded.holder_id, holder_name = excluded.holder_name`,
    [
      input.text('account_number'),
      input.optionalText('holder_id') ?? null,
      input.optionalText('holder_name') ?? null,
    ],
  );
  return { status: 204 };
}

/** What Fintoc does at 17:30 in Mexico: pays the whole balance of every account to the organisation's own bank. */
async function settleDay({ sandbox, db, input }: Call): Promise<Reply> {
  const account_number = input.optionalText('clabe') ?? DAILY_SETTLEMENT_CLABE;
  const accountId = input.optionalText('account_id') ?? null;
  const accounts = await rows<AccountRow>(
    db,
    `${SELECT_ACCOUNTS} where t.balance > 0 and t.status = 'active' and t.currency = 'MXN'
       and ($1::text is null or t.id = $1) order by t.id for no key update of t`,
    [accountId],
  );
  const swept: unknown[] = [];
  for (const account of accounts) {
    const { holder_id, holder_name } = account.entity;
    const outbound: NewOutbound = {
      account,
      amount: account.balance,
      counterparty: mexicanCounterparty({ account_number, holder_id, holder_name }),
      comment: DAILY_SETTLEMENT_COMMENT,
      plan: [{ step: 'settle' }],
    };
    swept.push(await pay({ sandbox, db }, outbound, true));
  }
  return { status: 200, body: swept };
}

/** Anything goes, so that the app can be shown what no bank should send. */
export function freeCounterparty(given: Input): Counterparty {
  const account_number = given.text('account_number');
  const holder_id = given.optionalText('holder_id') ?? null;
  const holder_name = given.optionalText('holder_name') ?? null;
  const derived = isValidClabe(account_number) ? mexicanCounterparty({ account_number }) : null;
  const institution = given.has('institution') ? given.object('institution') : null;
  return {
    holder_id,
    holder_name,
    account_number,
    account_type: given.optionalText('account_type') ?? 'clabe',
    institution: institution
      ? { id: institution.text('id'), name: institution.text('name'), country: institution.text('country') }
      : (derived?.institution ?? null),
  };
}

async function pay(
  { sandbox, db }: Pick<Call, 'sandbox' | 'db'>,
  outbound: NewOutbound,
  settled: boolean,
): Promise<unknown> {
  const { id } = await createOutbound(sandbox, db, outbound);
  const transfer = await lockTransfer(db, id);
  if (!transfer) throw new Error(`Transfer ${id} was not stored.`);
  if (settled) await takeSteps(sandbox, db, [nextStep(transfer)]);
  return presentTransfer(transfer, sandbox.baseUrl);
}
