import { type Actor, authorize } from '~/lib/actor';
import { transaction } from '~/lib/db';
import { createCustomerIn, type NewCustomer } from '~/lib/people/customers';
import type { Customer } from '~/lib/people/kept';
import { type NewWallet, openWalletIn } from '~/lib/wallets/opening';
import type { Wallet } from '~/prisma/generated/client';

/** Registers a customer and opens their first wallet, both or neither. Throws what either does. */
export async function createCustomerWithWallet(
  actor: Actor,
  customer: NewCustomer,
  wallet: Omit<NewWallet, 'customerId' | 'portfolioId' | 'requestId'>,
): Promise<{ customer: Customer; wallet: Wallet }> {
  authorize(actor, 'customers:write');
  authorize(actor, 'wallets:provision');
  return transaction(async (tx) => {
    const made = await createCustomerIn(tx, actor, customer);
    const requestId = `${customer.requestId}:wallet`;
    const opened = await openWalletIn(tx, actor, { ...wallet, customerId: made.id, requestId });
    return { customer: made, wallet: opened };
  });
}
