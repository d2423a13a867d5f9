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
  readonly name: string;
  readonly accountId: string;
  readonly numberId: string;
  /** What it signs with. */
  readonly secret = `dummy-${randomUUID()}`;
  /** Transfers that it doesn't speak of when it is asked for them, though its statement has them. */
  readonly hidden = new Set<string>();
  /** How it answers the next payments. */
  answers: 'accept' | 'refuse' | 'say nothing' = 'accept';
  readonly paid = new Map<string, RailTransfer>();
  private readonly transfers: RailTransfer[] = [];
  private readonly lines: RailMovement[] = [];
  private readonly opened = new Map<string, RailNumber>();

  constructor(name = 'dummy') {
    this.name = name;
    this.accountId = `${name}:${randomUUID()}`;
    this.numberId = `${this.accountId}:root`;
  }

  /** What stands in the account, by its statement. */
  get balance(): bigint {
    return this.lines.at(-1)?.balance ?? 0n;
  }

  private holder() {
    return {
      ...{
        id: `${this.name}:platform`,
        holderName: 'Plataforma',
        holderId: 'ND',
        countryCode: 'mx',
        isRoot: true,
      },
      ...{ status: 'operational', mode: 'test', raw: {} },
    };
  }

  private rootNumber(): RailNumber {
    return {
      ...{ id: this.numberId, accountId: this.accountId, number: `${this.accountId}:all`, description: null },
      ...{ status: 'enabled', isRoot: true, mode: 'test', marks: NO_MARKS, metadata: {} },
      ...{ lastTransferAt: null, createdAt: new Date(0), raw: {} },
    };
  }

  /** Its word of a transfer as it is sent to us, signed. */
  delivery(transfer: RailTransfer): { headers: Headers; body: string } {
    const id = `${this.name}:event:${randomUUID()}`;
    const { body } = this.rail.eventOf({ id, raw: transfer.raw, at: new Date() });
    return { headers: new Headers({ 'dummy-signature': this.secret }), body };
  }

  private account() {
    return {
      id: this.accountId,
      entityId: `${this.name}:platform`,
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
    const ended = { ...transfer, word, status: word, raw: { id: transfer.id, word } };
    this.transfers[this.transfers.findIndex(({ id }) => id === transfer.id)] = ended;
    return ended;
  }

  readonly rail: Rail = {
    facts: () => ({
      name: this.name,
      label: 'Dummy',
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
      const id = `${this.name}:number:${walletId}`;
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
    holder: async () => this.holder(),
    holders: () => listed([this.holder()]),
    account: async () => this.account(),
    accounts: () => listed([this.account()]),
    numbers: () => listed([this.rootNumber(), ...this.opened.values()]),
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

    transfer: async (id) => {
      if (this.hidden.has(id)) throw new Unknown('Never heard of it.');
      return this.known(id);
    },
    isSettlement: () => false,
    isTransfer: (id) => id.startsWith(`${this.name}:transfer:`),
    transfers: () => listed(this.transfers.filter(({ id }) => !this.hidden.has(id)).reverse()),
    movements: async (_accountId, cursor) => this.page(cursor),

    verify: (_body, signature, secrets) => {
      const good = secrets.find(({ secret }) => secret === signature);
      return good ? { verifiedBy: good.of } : { refusal: 'wrong_secret' };
    },
    delivered: (body) => {
      const { id, data, at } = JSON.parse(body);
      return { id, type: 'dummy.transfer', mode: 'test', objectId: data.id, at: new Date(at) };
    },
    read: ({ body }) => {
      const { data } = JSON.parse(body);
      return { about: 'transfer', transfer: { ...this.known(data.id), ...spoken(data) }, note: 'none' };
    },
    eventOf: ({ id, raw, at }) => ({
      ...{ type: 'dummy.transfer', mode: 'test' },
      body: JSON.stringify({ id, data: raw, at }),
    }),
    subscribe: async () => ({ id: `${this.name}:endpoint:${randomUUID()}`, secret: this.secret }),
    unsubscribe: async () => {},
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

  private known(id: string): RailTransfer {
    return this.transfers.find((one) => one.id === id) ?? none('transfer');
  }

  private transferOf(
    direction: Direction,
    amount: bigint,
    { word, ...facts }: Pick<RailTransfer, 'word'> & Partial<RailTransfer>,
  ): RailTransfer {
    const id = `${this.name}:transfer:${randomUUID()}`;
    return {
      ...{ id, direction, word, status: word, goesBack: false, amount },
      ...{ asset: DUMMY_ASSET, accountId: this.accountId, number: null, marks: NO_MARKS, mode: 'test' },
      ...{ trackingKey: null, referenceId: null, comment: null, receiptUrl: null, returnReason: null },
      ...{ errorReason: null, transactedAt: new Date(), raw: { id, word } },
      counterparty: { name: 'Ana', taxId: null, number: 'ana@dummy', bank: 'Dummy' },
      ...facts,
    };
  }

  private line({ id, direction, amount, asset }: RailTransfer): void {
    const balance = this.balance + (direction === 'inbound' ? amount : -amount);
    this.lines.push({
      ...{ id: `${this.name}:line:${randomUUID()}`, direction, amount, balance, asset, kind: 'transfer' },
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

/** It says that there is no such thing. */
class Unknown extends RailError {
  readonly code = 'dummy_unknown';
  readonly param = null;
  readonly isTold = true;
  readonly verdict = 'refused';
  readonly isMissing = true;
  readonly isOfOneObject = true;
}

/** What an event says of a transfer: its word of then. */
function spoken({ word }: Pick<RailTransfer, 'word'>): Pick<RailTransfer, 'word' | 'status'> {
  return { word, status: word };
}

export function none(what: string): never {
  throw new Error(`The dummy rail can't ${what}.`);
}

async function* listed<Item>(items: Item[]): AsyncGenerator<Item> {
  yield* items;
}
