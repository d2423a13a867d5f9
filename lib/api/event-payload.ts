import type { KeyActor } from '~/lib/actor';
import { accountNumbers } from '~/lib/api/account-numbers';
import { adjustments } from '~/lib/api/adjustments';
import { approvals } from '~/lib/api/approvals';
import { customers } from '~/lib/api/customers';
import { deposits } from '~/lib/api/deposits';
import { entities } from '~/lib/api/entities';
import { showEvent } from '~/lib/api/events';
import { holds } from '~/lib/api/holds';
import type { Operation } from '~/lib/api/operation';
import { permissionsOf, type Scope } from '~/lib/api/scopes';
import { statements } from '~/lib/api/statements';
import { wallets } from '~/lib/api/wallets';
import { withdrawalBatches } from '~/lib/api/withdrawal-batches';
import { withdrawals } from '~/lib/api/withdrawals';
import { DomainError } from '~/lib/errors';
import type { EventRow } from '~/lib/outbox/read';
import type { WebhookEndpoint } from '~/prisma/generated/client';

/** How the API reads what an event happened to. */
export const READ_BY: Record<string, Operation> = {
  customer: customers.get,
  wallet: wallets.get,
  balance: wallets.balance,
  account_number: accountNumbers.get,
  entity: entities.get,
  transfer: deposits.get,
  withdrawal: withdrawals.get,
  withdrawal_batch: withdrawalBatches.get,
  adjustment: adjustments.get,
  hold: holds.get,
  statement: statements.get,
  money_approval: approvals.get,
};

/**
 * What is posted of an event, as text: the event, and what it happened to as the API shows it now to a key with the
 * endpoint's scopes, in its version.
 */
export async function payloadOf(event: EventRow, endpoint: WebhookEndpoint): Promise<string> {
  const shown = showEvent(event);
  const resource = await resourceOf(event, endpoint);
  return JSON.stringify({
    ...shown,
    api_version: endpoint.version,
    timestamp: shown.occurred_at,
    resource,
  });
}

async function resourceOf({ subjectKind, subjectId }: EventRow, endpoint: WebhookEndpoint): Promise<unknown> {
  const read = READ_BY[subjectKind];
  if (!read) return null;
  const call = {
    actor: asKey(endpoint),
    scopes: endpoint.scopes as Scope[],
    params: { id: subjectId },
    query: {},
    body: undefined,
    requestId: '',
  };
  return read.run(call).catch((error: unknown) => {
    // What is gone by now is told of all the same.
    if (error instanceof DomainError && error.code === 'not_found') return null;
    throw error;
  });
}

function asKey({ id, name, scopes }: WebhookEndpoint): KeyActor {
  return { kind: 'key', id, name, scopes: permissionsOf(scopes as Scope[]), limits: {}, portfolioIds: [] };
}
