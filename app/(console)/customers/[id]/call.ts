import { type Replies, repliesToMatch } from '~/app/messages/reply-words';
import { latestOfCustomer, type Movement } from '~/lib/movements/movements';
import { namesakesOf } from '~/lib/people/called';
import type { Reader } from '~/lib/people/sight';
import { balancesOfCustomers } from '~/lib/wallets/of-customer';
import { paymentsOfCustomer, whereTheyAre } from '~/lib/whereabouts/of-customer';

const MOVEMENTS = 10;

/** What somebody who calls asks first: what they have, what is on its way, what went wrong, what moved last, each with what to answer. */
export async function callOf(reader: Reader, customer: { id: string; name: string }) {
  const { id } = customer;
  const [balances, payments, movements, namesakes] = await Promise.all([
    balancesOfCustomers([id]),
    paymentsOfCustomer(reader, id),
    latestOfCustomer(reader, id, MOVEMENTS),
    namesakesOf(reader, customer),
  ]);
  const { onTheWay, wentWrong } = payments;
  const moved = await whereTheyAre(reader, paymentsBehind(movements));
  const matches = [...moved.values(), ...onTheWay, ...wentWrong];
  const replies = await Promise.all(
    matches.map(async (match): Promise<[string, Replies]> => [match.id, await repliesToMatch(match)]),
  );
  return {
    ...{ onTheWay, wentWrong, movements, namesakes, replies: new Map(replies) },
    balances: balances.get(id) ?? [],
  };
}

type Payment = Parameters<typeof whereTheyAre>[1][number];

/** Of what moved because of a payment, the payment. */
function paymentsBehind(movements: readonly Movement[]): Payment[] {
  const payments = movements.flatMap(({ withdrawalId, transferId, effectiveAt: at }): Payment[] => {
    if (withdrawalId) return [{ kind: 'withdrawal', id: withdrawalId, at }];
    return transferId ? [{ kind: 'transfer', id: transferId, at }] : [];
  });
  return [...new Map(payments.map((payment) => [payment.id, payment])).values()];
}
