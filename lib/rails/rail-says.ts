/** What a rail tells of what stands on it, in our words. */

export type Direction = 'inbound' | 'outbound';

/**
 * What we write on what we ask for, and the rail keeps with it: so it is found again. Null where there is none. A payment
 * that brings a wallet's money from one account of ours to another bears its own id where a withdrawal's has that one's.
 */
export type Marks = { withdrawalId: string | null; walletId: string | null };

/** A holder of accounts of ours there: the platform itself, or a customer. */
export type RailHolder = {
  id: string;
  holderName: string;
  holderId: string;
  /** Null where the rail says of no country. */
  countryCode: string | null;
  /** The platform's own. */
  isRoot: boolean;
  /** The rail's own word; null where it has none. */
  status: string | null;
  mode: string;
  raw: object;
};

/** An account of ours. */
export type RailAccount = {
  id: string;
  /** Whose it is there. */
  entityId: string;
  description: string | null;
  asset: string;
  /** What the rail states as its balance. */
  balance: bigint;
  /** The platform's own. */
  isRoot: boolean;
  /** What others pay to for money to arrive in the account itself. */
  rootNumber: string;
  rootNumberId: string;
  /** The rail's own word; `active` where it takes and pays. */
  status: string;
  mode: string;
  raw: object;
};

/** What others pay to: a CLABE at Fintoc. Money that is sent there arrives in its account. */
export type RailNumber = {
  id: string;
  accountId: string;
  number: string;
  description: string | null;
  /** enabled, disabled (what comes is sent back), deleted (it may be another's by now), or a word that we don't know. */
  status: string;
  isRoot: boolean;
  mode: string;
  marks: Marks;
  /** All that was noted with it, the marks included. */
  metadata: Record<string, unknown>;
  lastTransferAt: Date | null;
  createdAt: Date | null;
  raw: object;
};

/**
 * What a rail says of a transfer. return_pending: it is going back. reversed: taken back by who made it. partial: only a
 * part of it arrived. unknown: a word that nobody here knows.
 */
export type TransferWord =
  | 'pending'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'return_pending'
  | 'returned'
  | 'reversed'
  | 'partial'
  | 'unknown';

/** What an event adds to the word of the transfer in it. */
export type EventNote = 'none' | 'return_failed' | 'reversed' | 'partial';

/** Money that comes or goes. Texts of others stand on one line, without what nobody sees. */
export type RailTransfer = {
  id: string;
  direction: Direction;
  word: TransferWord;
  /** The same as the rail writes it. */
  status: string;
  /** Whether that speaks of a way back, also where we don't know the word. */
  goesBack: boolean;
  amount: bigint;
  asset: string;
  /** `unknown` where the rail names none. */
  accountId: string;
  /** What it was sent to, where that is a number of ours. */
  number: { id: string; number: string | null; marks: Marks } | null;
  counterparty: { name: string | null; taxId: string | null; number: string | null; bank: string | null };
  /** SPEI's clave de rastreo, or what else names it on the network. */
  trackingKey: string | null;
  referenceId: string | null;
  comment: string | null;
  /** Where the network shows that it arrived: SPEI's CEP. */
  receiptUrl: string | null;
  returnReason: string | null;
  errorReason: string | null;
  marks: Marks;
  mode: string;
  /** When it happened, as the rail has it; Fintoc's times are of whole seconds. */
  transactedAt: Date;
  raw: object;
};

/** A line of an account's statement. */
export type RailMovement = {
  id: string;
  direction: Direction;
  /** Not signed. */
  amount: bigint;
  /** Of the account, after it. */
  balance: bigint;
  asset: string;
  /** The rail's own word for what it is. */
  kind: string;
  /** What it is of: a transfer mostly. */
  resourceId: string | null;
  /** The movement that this one gives back. */
  pairId: string | null;
  at: Date;
  raw: object;
};
