import { z } from 'zod';
import { authorize, type KeyActor } from '~/lib/actor';
import { operation } from '~/lib/api/operation';
import { amount, asset, idOf, NONE, optionalText, text } from '~/lib/api/shapes';
import { saidBesideAmount } from '~/lib/api/wallet-asset';
import { shownBatch, WithdrawalBatch } from '~/lib/api/withdrawal-batches';
import { shownWithdrawal, showWithdrawal, Withdrawal } from '~/lib/api/withdrawals';
import { requestPayout } from '~/lib/batches/split';
import { newWithdrawalRow } from '~/lib/withdrawals/read';

const tag = 'Withdrawals';

/** What a payout is asked for with. */
export const NewWithdrawal = z
  .strictObject({
    wallet_id: idOf('wallet'),
    asset,
    amount,
    destination: text(64).meta({
      description:
        'For MXN a CLABE, or behind its bank’s SPEI key a debit card or a mobile number: 40012/4152313312341238. For CLP ' +
        'RUT, bank, kind and number of an account: 12345678-5/cl_banco_estado/sight/123 (checking, sight or savings).',
    }),
    beneficiary_name: optionalText(120),
    beneficiary_tax_id: optionalText(40),
    comment: optionalText(140),
    reference_id: optionalText(20),
    accepted_twin: idOf('withdrawal')
      .optional()
      .meta({ description: 'The withdrawal of the same that you know of, where you want another one.' }),
  })
  .meta({ id: 'NewWithdrawal' });

/** What `object` says it is. */
export const Payout = z.discriminatedUnion('object', [Withdrawal, WithdrawalBatch]).meta({ id: 'Payout' });

/** Asks for a payout, once under a request id, and answers it as the API shows it. */
export async function askForPayout(
  actor: KeyActor,
  body: z.output<typeof NewWithdrawal>,
  requestId: string,
): Promise<z.input<typeof Payout>> {
  authorize(actor, 'withdrawals:request');
  const payout = await requestPayout(actor, {
    walletId: body.wallet_id,
    asset: body.asset,
    amount: body.amount,
    destination: body.destination,
    beneficiaryName: body.beneficiary_name,
    beneficiaryTaxId: body.beneficiary_tax_id,
    comment: body.comment,
    referenceId: body.reference_id,
    acceptedTwin: body.accepted_twin,
    requestId,
  }).catch((error: unknown) => {
    throw saidBesideAmount(error);
  });
  if (payout.made) return showWithdrawal(newWithdrawalRow(actor, payout.made));
  return payout.kind === 'batch' ? shownBatch(actor, payout.id) : shownWithdrawal(actor, payout.id);
}

const create = operation({
  id: 'createWithdrawal',
  method: 'POST',
  path: '/withdrawals',
  tag,
  summary:
    'Asks for a payout and sets its money aside. By the rule in force it is queued, or waits for a person’s approval. One of more than its network carries at once is answered as a batch of the parts that it leaves in.',
  scope: 'withdrawals:write',
  params: NONE,
  query: NONE,
  body: NewWithdrawal,
  status: 201,
  answer: Payout,
  run: ({ actor, body, requestId }) => askForPayout(actor, body, requestId),
});

export const payouts = { create };
