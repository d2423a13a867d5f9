import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import type { Delivery } from './http-load.ts';
import { ACCOUNT_ID, ASSET } from './platform.ts';

export const SECRET = 'whsec_bench';
export const AMOUNT = 10_000;

let serial = 0;

/** A deposit's delivery as Fintoc sends it, signed, for a wallet drawn by chance. */
export function someDelivery(wallets: number): Delivery {
  serial += 1;
  const wallet = Math.floor(Math.random() * wallets);
  const key = `${process.pid}x${serial}`;
  const at = new Date().toISOString();
  const body = JSON.stringify({
    id: `evt_${key}`,
    object: 'event',
    type: 'transfer.inbound.succeeded',
    mode: 'test',
    created_at: at,
    data: {
      object: 'transfer',
      id: `tr_${key}`,
      amount: AMOUNT,
      currency: ASSET,
      direction: 'inbound',
      status: 'succeeded',
      transaction_date: at,
      post_date: at,
      comment: `Factura ${serial}`,
      reference_id: '150195',
      tracking_key: `2026112190735${key}`,
      receipt_url: null,
      mode: 'test',
      counterparty: {
        holder_id: 'MUAD800101AB1',
        holder_name: `Ana Muñoz ${serial}`,
        account_number: '631969456789123456',
        account_type: 'clabe',
        institution: { id: '90631', name: 'CI BOLSA', country: 'mx' },
      },
      account_number: {
        id: `acno_${wallet}`,
        account_id: ACCOUNT_ID,
        description: null,
        number: `735969${String(wallet).padStart(12, '0')}`,
        mode: 'test',
        status: 'enabled',
        is_root: false,
        metadata: { customer_id: String(wallet) },
      },
      metadata: {},
      return_reason: null,
    },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'fintoc-signature': createWebhookSignature(body, SECRET),
  };
  return { path: '/api/webhooks/fintoc', headers, body, expected: 200 };
}

/** The same to a route that does nothing. */
export function doingNothing(delivery: Delivery): Delivery {
  return { ...delivery, path: '/api/alive', expected: 204 };
}
