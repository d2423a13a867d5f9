import { describe, expect, it } from 'vitest';
import { POST } from '~/app/api/webhooks/fintoc/route';
import { db } from '~/lib/db';
import { MAX_BODY_BYTES } from '~/lib/inbox/receive';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const url = 'http://127.0.0.1/api/webhooks/fintoc';

function request(body: string | ReadableStream, signature: string): Request {
  const headers = { 'content-type': 'application/json', 'fintoc-signature': signature };
  return new Request(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

describe('the webhook route', () => {
  it('takes a signed delivery, letters beyond ASCII included, byte for byte', async () => {
    const event = fintocEvent(fintocTransfer({ accountId: 'acc_1', comment: 'Peña & Ñandú 💸' }));
    const body = JSON.stringify(event);
    expect((await POST(request(body, createWebhookSignature(body, WEBHOOK_SECRET)))).status).toBe(200);
    expect((await db().inboxEvent.findUniqueOrThrow({ where: { id: event.id } })).body).toBe(body);
  });

  it('answers 401 to what is not signed', async () => {
    expect((await POST(request('{}', 't=1,v1=00'))).status).toBe(401);
  });

  it('reads no further than the limit, whatever the length header says', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    expect((await POST(request(endless, 't=1,v1=00'))).status).toBe(413);
    expect(sent).toBeLessThan(MAX_BODY_BYTES * 2);
  });

  it('refuses a body over the limit although it is signed', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(MAX_BODY_BYTES) });
    expect((await POST(request(body, createWebhookSignature(body, WEBHOOK_SECRET)))).status).toBe(413);
  });
});
