import type { OperatorActor } from '~/lib/actor';
import type { Payer } from '~/prisma/company/people';
import type { World } from '~/prisma/company/world';
import type { Dice } from '~/scripts/chaos/dice';

/** A wallet of the story, with what its owner has to spend as the story knows it. */
export type Purse = {
  walletId: string;
  customerId: string;
  numberId: string;
  number: string;
  accountId: string;
  asset: 'MXN' | 'CLP';
  kind: 'individual' | 'business';
  owner: string;
  balance: number;
  /** Who pays in, the first of them most often; and where it is paid out to. */
  payers: Payer[];
  payees: Payer[];
};

export type Staff = Record<'admin' | 'operator' | 'approver' | 'support', OperatorActor>;

/** All that the parts of the story share. */
export type Company = { world: World; dice: Dice; staff: Staff; purses: Purse[]; said: Said };

/** What was done so far, for who watches. */
export type Said = { customers: number; deposits: number; withdrawals: number };

/** `at`: which part of the story is over by then. */
export type Happening = { at: number; minute: number; does: () => Promise<unknown> };

let serial = 0;
/** The same in every run: what is asked twice is done once. */
export function requestId(what: string): string {
  serial += 1;
  return `company-${what}-${serial}`;
}
