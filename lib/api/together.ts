import { z } from 'zod';
import type { KeyActor } from '~/lib/actor';
import { type IdKind, publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { byId, idText, moment, NONE, reasonText } from '~/lib/api/shapes';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import {
  closeTogether,
  freezeTogether,
  reopenTogether,
  type Together,
  unfreezeTogether,
} from '~/lib/wallets/together';

const Changed = z
  .strictObject({ object: z.literal('wallet_change'), wallet_ids: z.array(idText('wallet')) })
  .meta({ id: 'WalletChange', description: 'Which wallets were changed, of all that were acted on as one.' });

const reason = { reason: reasonText() };

type Sent = { requestId: string };

/** An act on all wallets of a customer or portfolio. */
function change<Body extends z.ZodObject>(
  of: Extract<IdKind, 'customer' | 'portfolio'>,
  act: 'freeze' | 'unfreeze' | 'close' | 'reopen',
  summary: string,
  body: Body,
  run: (actor: KeyActor, id: string, body: z.output<Body> & Sent) => Promise<Together>,
) {
  const [tag, path] = of === 'customer' ? ['Customers', '/customers'] : ['Portfolios', '/portfolios'];
  return operation({
    id: `${act}${of === 'customer' ? 'Customer' : 'Portfolio'}`,
    method: 'POST',
    path: `${path}/{id}/${act}`,
    tag,
    summary,
    scope: 'wallets:freeze',
    params: byId(of),
    query: NONE,
    body,
    status: 200,
    answer: Changed,
    async run(call) {
      const asked = { ...(call.body as z.output<Body>), requestId: call.requestId };
      const { walletIds } = await run(call.actor, call.params.id, asked);
      return {
        object: 'wallet_change' as const,
        wallet_ids: walletIds.map((id) => publicId('wallet', id)),
      };
    },
  });
}

const freezing = z.strictObject({
  ...reason,
  direction: z.enum(FREEZE_DIRECTIONS).optional(),
  until: moment.optional(),
});

const freezeCustomer = change(
  'customer',
  'freeze',
  'Freezes all wallets of a customer, each as `POST /wallets/{id}/freeze` would. No wallet of theirs opens until it is lifted.',
  freezing,
  (actor, id, body) => freezeTogether(actor, { subject: 'customer', id }, body),
);
const unfreezeCustomer = change(
  'customer',
  'unfreeze',
  'Lifts what a freeze of the customer stopped. A wallet that was frozen alone stays frozen.',
  z.strictObject(reason),
  (actor, id, body) => unfreezeTogether(actor, { subject: 'customer', id }, body),
);
const closeCustomer = change(
  'customer',
  'close',
  'Closes all wallets of a customer, or none where anything stands in the way of one.',
  z.strictObject({ ...reason, closed_by: z.enum(['platform', 'customer']) }),
  (actor, id, { closed_by: closedBy, ...body }) => closeTogether(actor, id, { ...body, closedBy }),
);
const reopenCustomer = change(
  'customer',
  'reopen',
  'Reopens a customer that closed themselves, with the wallets that were closed with them.',
  z.strictObject(reason),
  (actor, id, body) => reopenTogether(actor, id, body),
);
const freezePortfolio = change(
  'portfolio',
  'freeze',
  'Freezes all wallets of a portfolio.',
  freezing,
  (actor, id, body) => freezeTogether(actor, { subject: 'portfolio', id }, body),
);
const unfreezePortfolio = change(
  'portfolio',
  'unfreeze',
  'Lifts what a freeze of the portfolio stopped.',
  z.strictObject(reason),
  (actor, id, body) => unfreezeTogether(actor, { subject: 'portfolio', id }, body),
);

export const together = {
  freezeCustomer,
  unfreezeCustomer,
  closeCustomer,
  reopenCustomer,
  freezePortfolio,
  unfreezePortfolio,
};
