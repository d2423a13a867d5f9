import { requireAccount } from '~/sandbox/api/accounts';
import { insertBehind, misstate, retractMovement } from '~/sandbox/history';
import { FintocError } from '~/sandbox/http/errors';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { OpenBooks } from '~/sandbox/movements';
import { now } from '~/sandbox/state';
import { presentAccount, presentMovement } from '~/sandbox/views';

export const movementControls: Route[] = [
  { method: 'POST', path: '/_control/accounts/:id/movements', handle: moveAlone },
  { method: 'POST', path: '/_control/accounts/:id/movements/late', handle: moveLate },
  { method: 'POST', path: '/_control/accounts/:id/stated-balance', handle: misstateBalance },
  { method: 'POST', path: '/_control/movements/:id/retract', handle: retract },
];

const MOST_BEHIND = 10_000;
const LARGEST_OFFSET = 1_000_000_000;

/** A line of an account that is of no transfer, and of which no webhook tells: a fee, a correction by hand. */
async function moveAlone({ sandbox, db, input, params }: Call): Promise<Reply> {
  const account = await requireAccount(db, params.id);
  const books = await OpenBooks.open(db, [account.id]);
  const direction = input.oneOf('direction', ['inbound', 'outbound']);
  const amount = BigInt(input.amount('amount'));
  if (direction === 'outbound' && !books.canPay(account.id, amount))
    throw new FintocError(409, 'insufficient_balance', 'The account has less than that.');
  const at = now(sandbox);
  const type = input.optionalText('type') ?? 'fee';
  const { currency } = account;
  const id = books.post({ accountId: account.id, direction, amount, currency, resourceId: null, type }, at);
  await books.save(db, at);
  return { status: 201, body: { id } };
}

/** A movement that appears behind newer ones. Unless told otherwise, the stated balance follows it. */
async function moveLate({ sandbox, db, input, params }: Call): Promise<Reply> {
  const account = await requireAccount(db, params.id);
  const late = {
    accountId: account.id,
    currency: account.currency,
    direction: input.oneOf('direction', ['inbound', 'outbound']),
    amount: input.amount('amount'),
    type: input.optionalText('type') ?? 'fee',
    resourceId: input.optionalText('resource_id') ?? null,
    id: input.optionalText('id') ?? undefined,
    behind: input.integer('behind', { min: 1, max: MOST_BEHIND, fallback: 1 }),
  };
  const stated = !input.has('stated') || input.flag('stated');
  return { status: 201, body: { id: await insertBehind(sandbox, db, late, { stated }) } };
}

/** A movement that is taken back as if it had never been; with `stated` the stated balance is too. */
async function retract({ db, input, params }: Call): Promise<Reply> {
  const movement = await retractMovement(db, params.id ?? '', { stated: input.flag('stated') });
  return { status: 200, body: presentMovement(movement) };
}

/** The stated balance is off by an amount, of which no movement tells. */
async function misstateBalance({ db, input, params }: Call): Promise<Reply> {
  const { id } = await requireAccount(db, params.id);
  const by = input.integer('by', { min: -LARGEST_OFFSET, max: LARGEST_OFFSET, fallback: 0 });
  await misstate(db, id, BigInt(by));
  return { status: 200, body: presentAccount(await requireAccount(db, id)) };
}
