import type { ListedTransfer } from '~/lib/transfers/read';

type Sender = Pick<ListedTransfer, 'counterpartyName' | 'counterpartyNumber' | 'counterpartyBank'>;

/** The other side of a deposit, as lists show it. */
export function senderOf({ counterpartyName, counterpartyNumber, counterpartyBank }: Sender) {
  return { name: counterpartyName, number: counterpartyNumber, bank: counterpartyBank };
}
