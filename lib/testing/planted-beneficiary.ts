import { randomUUID } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import type { OpenWallet } from '~/lib/testing/factories';

type Secrets = Readonly<Record<'text' | 'clabe' | 'taxId' | 'email' | 'phone', string>>;

/** Somebody saved by a customer, with what the bank said of whose account it is. */
export async function aBeneficiary(
  wallet: OpenWallet,
  { id }: OperatorActor,
  secrets: Secrets,
): Promise<void> {
  const { text, clabe, taxId, email, phone } = secrets;
  const to = { destinationKind: 'clabe' as const, destination: clabe, name: `Omar ${email}` };
  await db().beneficiary.create({
    data: {
      ...{ ...to, customerId: wallet.customerId ?? '', taxId, savedById: id },
      verifications: {
        create: {
          ...{ ...to, accountId: wallet.accountId, asset: 'MXN', amount: 1n, requestedById: id },
          ...{ state: 'failed', railId: randomUUID(), sentAt: new Date(), endedAt: new Date() },
          ...{ holderName: `OMAR ${email}`, holderTaxId: taxId, reason: text },
          receiptUrl: `https://cep.test/${phone}`,
        },
      },
    },
  });
}
