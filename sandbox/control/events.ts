import { randomInt } from 'node:crypto';
import { clabeCheckDigit } from '~/lib/clabe';
import { requireAccountNumber } from '~/sandbox/api/account-numbers';
import { emit } from '~/sandbox/events';
import { missingResource } from '~/sandbox/http/errors';
import { type Fields, isFields } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { newId } from '~/sandbox/ids';
import { randomSender } from '~/sandbox/scenarios';
import { now, row } from '~/sandbox/state';
import { findTransfer } from '~/sandbox/transfers';
import { type AccountNumberRow, presentTransfer, type TransferRow } from '~/sandbox/views';

/** Events that are properly signed and tell of what is not so. */
export const eventControls: Route[] = [{ method: 'POST', path: '/_control/events', handle: tellOfNothing }];

const SOME_AMOUNT = 10_000n;

/**
 * Tells the endpoints of a transfer that is not stored here: asked for, it is a 404. Its number is one of ours by
 * `account_number_id`, or a made-up one of an account that does not exist; or it is a stored transfer's body, by
 * `transfer_id`. `data` is laid over it, so that anything may be told.
 */
async function tellOfNothing(call: Call): Promise<Reply> {
  const { sandbox, db, input } = call;
  const direction = input.has('direction') ? input.oneOf('direction', ['inbound', 'outbound']) : 'inbound';
  const type = input.optionalText('type') ?? `transfer.${direction}.succeeded`;
  const transfer = await someTransfer(call, direction);
  const data = overlay(presentTransfer(transfer, sandbox.baseUrl), input.optionalObject('data') ?? {});
  const [id] = await emit(sandbox, db, [{ type, data: { ...data, id: String(data.id) } }]);
  const event = await row<{ body: string }>(db, 'select body from sandbox.events where id = $1', [id]);
  return { status: 201, body: JSON.parse(event?.body ?? 'null') };
}

async function someTransfer(call: Call, direction: TransferRow['direction']): Promise<TransferRow> {
  const { sandbox, db, input } = call;
  if (input.has('transfer_id')) {
    const id = input.text('transfer_id');
    const transfer = await findTransfer(db, id);
    if (!transfer) throw missingResource('transfer', id);
    return transfer;
  }
  const at = now(sandbox);
  const number = input.has('account_number_id')
    ? await requireAccountNumber(db, input.text('account_number_id'))
    : someNumber(at);
  return {
    ...{ id: newId('tr', at), account_id: number.account_id, account_number_id: number.id, number },
    ...{ direction, amount: SOME_AMOUNT, currency: 'MXN', status: 'succeeded' },
    ...{ transaction_date: at, post_date: new Date(at.toISOString().slice(0, 10)) },
    ...{ comment: null, reference_id: null, tracking_key: `FOREIGN${randomInt(1e12)}`, has_receipt: true },
    ...{
      counterparty: randomSender(),
      metadata: {},
      return_reason: null,
      error_reason: null,
      movement_id: null,
    },
    ...{ plan: [], due_at: null },
  };
}

function someNumber(at: Date): AccountNumberRow {
  const first17 = `735969999${String(randomInt(1e8)).padStart(8, '0')}`;
  return {
    ...{ id: newId('acno', at), account_id: newId('acc', at), number: first17 + clabeCheckDigit(first17) },
    ...{ description: null, metadata: {}, options: {}, status: 'enabled', is_root: false },
    ...{ created_at: at, updated_at: at, deleted_at: null, last_transfer_at: null },
  };
}

/** The fields of one object over those of another, also inside it. */
export function overlay(under: Fields, over: Fields): Fields {
  const laid = Object.entries(over).map(([name, value]) => {
    const below = under[name];
    return [name, isFields(value) && isFields(below) ? overlay(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(laid) };
}
