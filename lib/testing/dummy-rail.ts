import { randomUUID } from 'node:crypto';
import { RailError } from '~/lib/rails/failures';
import type { Payment, Rail, Verdict } from '~/lib/rails/rail';
import type { Direction, RailMovement, RailNumber, RailTransfer } from '~/lib/rails/rail-says';

export const DUMMY_ENTITY = 'dummy:platform';
export const DUMMY_ASSET = 'USDC';

/**
 * A second rail, kept in memory: accounts of its own ids, people who are paid by name, and a statement of all that came
 * and went. What it makes of a payment is for a test to say.
 */
export class DummyRail {
  /** How it answers the next payments. */
  answers: 'accept' | 'refuse' | 'say nothing' = 'accept';
  readonly paid = new Map<string, RailTransfer>();
  private readonly transfers: RailTransfer[] = [];
  private readonly lines: RailMovement[] = [];
  private readonly opened = new Map<string, RailNumber>();
  readonly accountId = `dummy:${randomUUID()}`;
  readonly numberId = `${this.accountId}:root`;

  /** What stands in the account, by its statement. */
  get balance(): bigint {
    return this.lines.at(-1)?.balance ?? 0n;
  }

  account() {
    return {
      id: this.accountId,
      entityId: DUMMY_ENTITY,
      description: null,
      asset: DUMMY_ASSET,
      balance: this.balance,
      isRoot: true,
      rootNumber: `${this.accountId}:all`,
      rootNumberId: this.numberId,
      status: 'active',
      mode: 'test',
      raw: {},
    };
  }

  /** Somebody sends money to a number. */
  receive(number: { id: string; number: string }, amount: bigint): RailTransfer {
    const transfer = this.transferOf('inbound', amount, {
      word: 'succeeded',
      number: { ...number, marks: NO_MARKS },
    });
    this.transfers.push(transfer);
    this.line(transfer);
    return transfer;
  }

  /** A payment that was accepted arrives, or doesn't and its money is back. */
  end(transfer: RailTransfer, word: 'succeeded' | 'failed'): RailTransfer {
    if (word === 'failed') this.line({ ...transfer, direction: 'inbound' });
    const ended = { ...transfer, word, status: word };
    this.transfers[this.transfers.findIndex(({ id }) => id === transfer.id)] = ended;
    return ended;
  }

  readonly rail: Rail = {
    facts: () => ({
      name: 'dummy',
      mode: 'test',
      timeZone: 'UTC',
      payoutDay: null,
      assets: [DUMMY_ASSET],
      sharedAssets: [DUMMY_ASSET],
      payouts: {
        [DUMMY_ASSET]: { destinations: ['name'], institutions: [], taxIds: null, most: null },
      },
      verifies: null,
      writing: 'free',
      text: { comment: 10, name: 10, description: 10 },
      maxAmount: 1_000_000n,
      callsPerSecond: 1_000,
      keyLifeMs: 3_600_000,
      returnDays: { [DUMMY_ASSET]: 1 },
      movementsPerPage: 2,
      signatureHeader: 'dummy-signature',
    }),
    openAccount: () => none('openAccount'),
    openNumber: async ({ walletId, accountId, name }) => {
      const id = `dummy:number:${walletId}`;
      const marks = { walletId, withdrawalId: null };
      const number: RailNumber = this.opened.get(id) ?? {
        ...{ id, accountId, number: `${id}@dummy`, description: name, status: 'enabled', isRoot: false },
        ...{ mode: 'test', marks, metadata: {}, lastTransferAt: null, createdAt: new Date(), raw: {} },
      };
      this.opened.set(id, number);
      return number;
    },
    setNumber: () => none('setNumber'),
    boundNumber: () => none('boundNumber'),
    deleteNumber: () => none('deleteNumber'),
    account: async () => this.account(),
    accounts: async function* () {},
    numbers: async function* () {},
    numberLimits: () => ({ minAmount: null, maxAmount: null }),

    checkDestination: (text) =>
      text.endsWith('@dummy')
        ? { ok: true, kind: 'name', destination: text, bank: 'Dummy' }
        : { ok: false, reason: 'not_a_name' },
    takesReference: () => true,
    printed: (text) => text.toUpperCase(),
    awaitTurn: async () => {},
    pay: async (payment) => this.pay(payment),
    payOwn: () => none('payOwn'),
    keepsFailure: () => false,
    sendBack: () => none('sendBack'),
    askHolder: () => none('askHolder'),
    holderAsked: () => none('holderAsked'),
    findHolderAsked: () => none('findHolderAsked'),
    findSent: (accountId) =>
      listed(this.transfers.filter((one) => one.accountId === accountId && one.direction === 'outbound')),

    transfer: async (id) => this.transfers.find((one) => one.id === id) ?? none('transfer'),
    isSettlement: () => false,
    isTransfer: (id) => id.startsWith('dummy:transfer:'),
    transfers: () => listed(this.transfers),
    movements: async (_accountId, cursor) => this.page(cursor),

    verify: () => ({ refusal: 'no_secret' }),
    delivered: () => null,
    read: () => ({ about: 'unknown' }),
    eventOf: () => ({ type: 'dummy', mode: 'test', body: '{}' }),
    subscribe: () => none('subscribe'),
    unsubscribe: () => none('unsubscribe'),
    simulateDeposit: () => none('simulateDeposit'),
    rehearsal: () => null,
    isReachable: async () => true,
  };

  private pay({ key, ...payment }: Payment): Verdict {
    const before = this.paid.get(key);
    if (before) return { kind: 'accepted', transfer: before };
    if (this.answers === 'refuse')
      return { kind: 'refused', again: 'never', code: 'dummy_no', message: 'No.' };
    const transfer = this.transferOf('outbound', payment.amount, {
      word: 'pending',
      marks: payment.marks,
      counterparty: { name: payment.name, taxId: null, number: payment.destination, bank: 'Dummy' },
      comment: payment.comment,
    });
    this.paid.set(key, transfer);
    this.transfers.push(transfer);
    this.line(transfer);
    return this.answers === 'accept'
      ? { kind: 'accepted', transfer }
      : { kind: 'unknown', error: new Silent('It said nothing.') };
  }

  private transferOf(
    direction: Direction,
    amount: bigint,
    { word, ...facts }: Pick<RailTransfer, 'word'> & Partial<RailTransfer>,
  ): RailTransfer {
    return {
      ...{ id: `dummy:transfer:${randomUUID()}`, direction, word, status: word, goesBack: false, amount },
      ...{ asset: DUMMY_ASSET, accountId: this.accountId, number: null, marks: NO_MARKS, mode: 'test' },
      ...{ trackingKey: null, referenceId: null, comment: null, receiptUrl: null, returnReason: null },
      ...{ errorReason: null, transactedAt: new Date(), raw: {} },
      counterparty: { name: 'Ana', taxId: null, number: 'ana@dummy', bank: 'Dummy' },
      ...facts,
    };
  }

  private line({ id, direction, amount, asset }: RailTransfer): void {
    const balance = this.balance + (direction === 'inbound' ? amount : -amount);
    this.lines.push({
      ...{ id: `dummy:line:${randomUUID()}`, direction, amount, balance, asset, kind: 'transfer' },
      ...{ resourceId: id, pairId: null, at: new Date(), raw: {} },
    });
  }

  /** Newest first, two a page. */
  private page(cursor: { olderThan: string } | { newerThan: string } | null): RailMovement[] {
    const all = [...this.lines].reverse();
    if (cursor === null) return all.slice(0, 2);
    if ('olderThan' in cursor) {
      const from = all.findIndex(({ id }) => id === cursor.olderThan) + 1;
      return all.slice(from, from + 2);
    }
    const to = all.findIndex(({ id }) => id === cursor.newerThan);
    return all.slice(Math.max(0, to - 2), to);
  }
}

const NO_MARKS = { withdrawalId: null, walletId: null };

/** The answer got lost on its way. */
class Silent extends RailError {
  readonly code = 'dummy_silence';
  readonly param = null;
  readonly isTold = false;
  readonly verdict = 'unknown';
  readonly isMissing = false;
  readonly isOfOneObject = false;
}

function none(what: string): never {
  throw new Error(`The dummy rail can't ${what}.`);
}

async function* listed<Item>(items: Item[]): AsyncGenerator<Item> {
  yield* items;
}
