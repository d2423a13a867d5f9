import type { CheckedDestination, DestinationKind } from '~/lib/rails/destination';
import type { Aside, Unreadable } from '~/lib/rails/failures';
import type { RailFacts } from '~/lib/rails/rail-facts';
import type {
  EventNote,
  RailAccount,
  RailHolder,
  RailMovement,
  RailNumber,
  RailTransfer,
} from '~/lib/rails/rail-says';

/**
 * A rail in our words: somebody else's books in which money of ours stands, and the way in and out of them. Each speaks a
 * language of its own inside its folder; nothing outside lib/rails knows one. Pure.
 *
 * Amounts are bigints in the asset's smallest unit. Ids are the rail's own text. `raw` is what the rail said, word for
 * word, for the record: nobody but the rail itself reads in it.
 */

/**
 * What a stored event says. about: a transfer; the holder of an account; nothing that moves books; `unknown` is of a
 * type that nobody here knows.
 */
export type RailEvent =
  | { about: 'transfer'; transfer: RailTransfer; note: EventNote }
  | { about: 'verification'; verification: RailVerification }
  | { about: 'holder' | 'nothing' | 'unknown' };

/** An event as it is delivered, so far that it can be stored. */
export type Delivered = {
  id: string;
  type: string;
  mode: string;
  objectId: string | null;
  at: Date;
};

/** Why a delivery's signature isn't taken. */
export type SignatureRefusal =
  | 'no_signature'
  | 'malformed_signature'
  | 'stale_signature'
  | 'wrong_secret'
  | 'no_secret';

/** A secret that deliveries may be signed with, and whose it is. */
export type DeliverySecret = { of: string; secret: string };

/** What is asked of a rail when it is to pay. `key`: one key makes one payment, as long as the rail remembers it. */
export type Payment = {
  accountId: string;
  amount: bigint;
  asset: string;
  /** Checked by the rail. */
  destinationKind: DestinationKind;
  destination: string;
  name: string | null;
  taxId: string | null;
  comment: string | null;
  referenceId: string | null;
  marks: { withdrawalId: string; walletId: string };
  key: string;
};

/**
 * What became of a payment that was sent. accepted: it stands there. refused: it was not made; `again` says whether it
 * may fare better: never, under a new key, or under the same one, which then stays the guard against paying twice.
 * unknown: no answer, or one that says nothing: it may have been made.
 */
export type Verdict =
  | { kind: 'accepted'; transfer: RailTransfer }
  | { kind: 'refused'; again: 'never' | 'new_key' | 'same_key'; code: string; message: string }
  | { kind: 'unknown'; error: unknown };

/** What a rail says of whose account it is. Its coin is a transfer like any other. */
export type RailVerification = {
  id: string;
  /** succeeded: the bank told who holds it. */
  word: 'pending' | 'succeeded' | 'failed';
  transferId: string | null;
  number: string | null;
  holderName: string | null;
  holderTaxId: string | null;
  /** Why it failed, in the rail's own word. */
  reason: string | null;
  receiptUrl: string | null;
  at: Date;
  raw: object;
};

/** What became of such a question, as of a payment. */
export type HolderVerdict =
  | { kind: 'accepted'; verification: RailVerification }
  | Exclude<Verdict, { kind: 'accepted' }>;

/** Which movements of an account: the newest, or the next ones on either side of one. */
export type MovementCursor = { olderThan: string } | { newerThan: string } | null;

export type NewAccount = {
  walletId: string;
  asset: string;
  entityId: string;
  name: string;
  since: Date;
  /** Of a wallet that moves to another account: the move, so that it isn't taken for the wallet's first. */
  moveId?: string;
};
/** The least and the most that one deposit to a number may be; null is no bound. */
export type NumberBounds = { min: bigint | null; max: bigint | null };

export type NewNumber = {
  walletId: string;
  asset: string;
  customerId: string | null;
  accountId: string;
  name: string;
  since: Date;
  /** Of one deposit, in the asset's smallest unit: what is outside, the rail sends back. Null where it takes any. */
  bounds: { min: bigint | null; max: bigint | null } | null;
  /** Of a wallet that moves to another account: for what comes in there, or for money alone that is brought along or back. */
  move?: { id: string; use: 'deposits' | 'arrival' | 'back' };
};

/** What the world does to money, asked for. */
export type Rehearsal = {
  /** Has a transfer fail, while it is on its way, or come back. */
  end(transferId: string, end: 'fail' | 'return'): Promise<void>;
  /** Has the rail's clock go forward; answers its time. */
  pass(seconds: number): Promise<Date>;
};

/**
 * The one interface. Whatever asks throws RailError where the rail doesn't do it, and Unreadable where its answer can't
 * be read; a single object's reading throws it, a list hands it to `aside`.
 */
export type Rail = {
  /** Read from the configuration, so not before it is there. */
  facts(): RailFacts;

  /** Opens an account of its own for a wallet, once, ever: asked again, it answers the one that stands. */
  openAccount(asked: NewAccount): Promise<{ account: RailAccount; number: RailNumber }>;
  /** Opens a number for a wallet under an account, once, ever. */
  openNumber(asked: NewNumber): Promise<RailNumber>;
  /** Has a number take what comes, or send it back. */
  setNumber(id: string, status: 'enabled' | 'disabled'): Promise<RailNumber>;
  /** Has a number send back by itself what is under or over these, in the smallest unit; null: no bound. */
  boundNumber(id: string, bounds: NumberBounds): Promise<RailNumber>;
  /** Gives a number up for good: its digits may become another's. Asked again, it stays so. */
  deleteNumber(id: string): Promise<void>;
  /** Whose accounts stand there. */
  holder(id: string): Promise<RailHolder>;
  holders(aside?: Aside): AsyncIterable<RailHolder>;
  account(id: string): Promise<RailAccount>;
  accounts(aside?: Aside): AsyncIterable<RailAccount>;
  numbers(aside?: Aside): AsyncIterable<RailNumber>;
  /** What a number takes, in the smallest unit, by its record; null where there is no limit. */
  numberLimits(raw: unknown): { minAmount: bigint | null; maxAmount: bigint | null };

  /** What a destination is, in the one form in which it is kept. */
  checkDestination(text: string): CheckedDestination;
  /** Whether its network takes this as a payment's reference. */
  takesReference(text: string): boolean;
  /** What the rail's network prints of a name or a concept; empty where nothing can be. */
  printed(text: string): string;
  /** Waits until the next call is allowed: what is asked before a payment is asked after this wait. */
  awaitTurn(): Promise<void>;
  /** Pays, at once: its turn was awaited. Throws nothing. */
  pay(payment: Payment): Promise<Verdict>;
  /** Pays from one account of ours to a number of another, once, ever. `inTurn` is asked right before the request: what it throws keeps it. */
  payOwn(payment: Omit<Payment, 'key'> & { since: Date }, inTurn: () => Promise<void>): Promise<RailTransfer>;
  /** Whether the rail keeps this failure under the key of the request, so that only another key gets past it. */
  keepsFailure(code: string): boolean;
  /** Sends a deposit back whole, once for each attempt. `inTurn` is asked right before the request: what it throws keeps it. */
  sendBack(transferId: string, attempt: number, inTurn: () => Promise<void>): Promise<RailTransfer>;
  /** Asks whose account a destination is, at once: its turn was awaited. The rail sends a coin for it. Throws nothing. */
  askHolder(asked: { destination: string; key: string }): Promise<HolderVerdict>;
  holderAsked(id: string): Promise<RailVerification>;
  /** What was asked about a destination since then: so what an earlier request asked is found. */
  findHolderAsked(destination: string, since: Date): AsyncIterable<RailVerification>;
  /** What left an account since then, each with its marks: so what an earlier request made is found. */
  findSent(accountId: string, since: Date, aside?: Aside): AsyncIterable<RailTransfer>;

  transfer(id: string): Promise<RailTransfer>;
  /** Whether a transfer says of itself that it is the rail's own settlement with the platform. */
  isSettlement(transfer: { comment: string | null }): boolean;
  /** Whether a movement's resource can be one of its transfers. */
  isTransfer(id: string): boolean;
  transfers(window: { since: Date | null; until: Date | null }, aside?: Aside): AsyncIterable<RailTransfer>;
  /** One page, newest first, also those that can't be read. */
  movements(accountId: string, cursor: MovementCursor): Promise<(RailMovement | Unreadable)[]>;

  /** Checks who sent a delivery, over its raw body. */
  verify(
    body: string,
    signature: string,
    secrets: readonly DeliverySecret[],
  ): { verifiedBy: string } | { refusal: SignatureRefusal };
  /** The envelope of a delivery; null where it is no event. */
  delivered(body: string): Delivered | null;
  /** What a stored event says. Throws Unreadable. */
  read(event: { type: string; body: string }): RailEvent;
  /** What an event of a transfer that none told of would have said. `word` where the transfer's own says less. */
  eventOf(told: { id: string; raw: unknown; at: Date; word?: string }): {
    type: string;
    mode: string;
    body: string;
  };
  /** Has the rail deliver its events to an address; answers the secret that it signs with, where it gives one. */
  subscribe(url: string, key: string): Promise<{ id: string; secret: string | null }>;
  unsubscribe(id: string): Promise<void>;

  /** Test mode only: somebody sends money to a number of ours. */
  simulateDeposit(
    deposit: { numberId: string; amount: bigint; asset: string; comment?: string | undefined },
    key: string,
  ): Promise<RailTransfer>;
  /** Where the world itself can be asked for more: a rail that is played. Null everywhere else. */
  rehearsal(): Rehearsal | null;
  /** Whether it answers and takes our key. Waits for no turn. */
  isReachable(): Promise<boolean>;
};
