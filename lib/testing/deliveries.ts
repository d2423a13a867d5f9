import { db } from '~/lib/db';
import { processEvents } from '~/lib/inbox/process';
import { receiveDelivery } from '~/lib/inbox/receive';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { TOLD_BENEFICIARY } from '~/lib/testing/factories';

/** What a file of tests signs with; set FINTOC_WEBHOOK_SECRET to it before the first test. */
export const WEBHOOK_SECRET = 'whsec_tests';

let serial = 0;
const next = () => {
  serial += 1;
  return serial;
};

export type TransferFacts = {
  id?: string;
  direction?: 'inbound' | 'outbound';
  status?: string;
  amount?: number;
  accountId: string;
  numberId?: string;
  number?: string;
  comment?: string | null;
  mode?: string;
  currency?: string;
  metadata?: object;
  numberMetadata?: object;
  returnReason?: string;
  /** The other side's CLABE. */
  beneficiary?: string;
  receiptUrl?: string | null;
  at?: Date;
};

/** A transfer as Fintoc writes it (recorded exchanges), with the strings that its SDK would turn into dates. */
export function fintocTransfer(facts: TransferFacts) {
  const { id = `tr_${next()}`, direction = 'inbound', status = 'succeeded', amount = 10_000 } = facts;
  const at = facts.at ?? new Date();
  return {
    object: 'transfer',
    id,
    amount,
    currency: facts.currency ?? 'MXN',
    direction,
    status,
    transaction_date: `${at.toISOString().slice(0, 19)}Z`,
    post_date: null,
    comment: facts.comment === undefined ? 'Factura 10451' : facts.comment,
    reference_id: '150195',
    tracking_key: `2026112190735${id}`,
    receipt_url: facts.receiptUrl ?? null,
    mode: facts.mode ?? 'test',
    counterparty: {
      holder_id: 'MUAD800101AB1',
      holder_name: 'Ana 2',
      account_number: facts.beneficiary ?? TOLD_BENEFICIARY,
      account_type: 'clabe',
      institution: { id: '90631', name: 'CI BOLSA', country: 'mx' },
    },
    account_number: {
      id: facts.numberId ?? 'acno_root',
      account_id: facts.accountId,
      number: facts.number ?? '735969000000000001',
      metadata: facts.numberMetadata ?? {},
    },
    metadata: facts.metadata ?? {},
    return_reason: facts.returnReason ?? null,
  };
}

export type EventFacts = { id?: string; type?: string; at?: Date; mode?: string };

/** An event whose type follows from the transfer's direction and status, unless given. */
export function fintocEvent<Data extends { direction?: string; status?: string; mode?: string }>(
  data: Data,
  facts: EventFacts = {},
) {
  return {
    id: facts.id ?? `evt_${next()}`,
    object: 'event',
    type: facts.type ?? `transfer.${data.direction}.${data.status}`,
    mode: facts.mode ?? data.mode ?? 'test',
    created_at: (facts.at ?? new Date()).toISOString(),
    data,
  };
}

/** Delivers a body as Fintoc does: signed, over the receiver's front door. Answers the HTTP status. */
export async function deliver(event: object | string, secret = WEBHOOK_SECRET): Promise<number> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const headers = new Headers({ 'fintoc-signature': createWebhookSignature(body, secret) });
  return (await receiveDelivery(headers, body)).status;
}

/** Lets a worker take in everything that is due. */
export async function drain(): Promise<void> {
  while ((await processEvents()) > 0);
}

/** Delivers what Fintoc says of a transfer, and lets a worker take it in. */
export async function told(facts: TransferFacts, event: { type?: string; mode?: string } = {}) {
  const data = fintocTransfer(facts);
  const sent = fintocEvent(data, event);
  await deliver(sent);
  await drain();
  return { id: data.id, data, event: await db().inboxEvent.findUniqueOrThrow({ where: { id: sent.id } }) };
}
