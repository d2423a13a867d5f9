import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { eventually, type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

/** A CLABE at another bank that takes everything. */
export const CLABE = '012969100000000110';

/** What tests about money ask of a sandbox, in their words. */
export class TestBank {
  root: Json;
  #sandbox: TestSandbox | undefined;

  get sandbox(): TestSandbox {
    if (!this.#sandbox) throw new Error('The sandbox starts before the first test.');
    return this.#sandbox;
  }

  set sandbox(sandbox: TestSandbox) {
    this.#sandbox = sandbox;
  }

  /** Sends from the root account, and returns what was answered. */
  async send(sum: number, clabe: string = CLABE): Promise<Json> {
    const { status, body } = await this.sandbox.signed('/v2/transfers', {
      account_id: this.root.id,
      amount: sum,
      currency: 'MXN',
      comment: 'Pago',
      counterparty: { account_number: clabe },
    });
    expect(status).toBe(201);
    return body;
  }

  /** Simulates a deposit, into the root number unless told otherwise. */
  async receive(sum: number, numberId: string = this.root.root_account_number_id): Promise<Json> {
    const { body } = await this.sandbox.api('POST', '/v2/simulate/receive_transfer', {
      body: { account_number_id: numberId, amount: sum, currency: 'MXN' },
    });
    return body;
  }

  async newNumber(fields: Json = {}): Promise<Json> {
    const { body } = await this.sandbox.api('POST', '/v2/account_numbers', {
      body: { account_id: this.root.id, ...fields },
    });
    return body;
  }

  async newAccount(): Promise<Json> {
    const body = { entity_id: this.root.entity.id };
    return (await this.sandbox.api('POST', '/v2/accounts', { body })).body;
  }

  async read(id: string): Promise<Json> {
    return (await this.sandbox.api('GET', `/v2/transfers/${id}`)).body;
  }

  async balanceOf(accountId: string): Promise<number> {
    return (await this.sandbox.api('GET', `/v2/accounts/${accountId}`)).body.available_balance;
  }

  async movementsOf(accountId: string): Promise<Json[]> {
    return (await this.sandbox.api('GET', `/v2/accounts/${accountId}/movements?limit=300`)).body;
  }

  /** The types of the events about a resource, in the order they happened. */
  async eventTypes(id: string): Promise<string[]> {
    const { body } = await this.sandbox.control('GET', `/events?resource_id=${id}`);
    return body.map(({ type }: Json) => type).reverse();
  }

  /** Waits until the transfer has that status. */
  until(id: string, status: string): Promise<Json> {
    return eventually(async () => {
      const transfer = await this.read(id);
      return transfer.status === status && transfer;
    });
  }

  async settleByHand(): Promise<void> {
    await this.sandbox.control('POST', '/settlement-mode', { mode: 'manual' });
  }
}

/**
 * A sandbox for the tests of one file. Before each test it is a fresh organisation again, whose root account holds the
 * amount given.
 */
export function fundedSandbox(amount: number): TestBank {
  const bank = new TestBank();
  beforeAll(async () => {
    bank.sandbox = await startTestSandbox();
  });
  afterAll(() => bank.sandbox.stop());
  beforeEach(async () => {
    await bank.sandbox.control('POST', '/reset', {});
    bank.root = await bank.sandbox.rootAccount();
    await bank.sandbox.fund(bank.root.id, amount);
  });
  return bank;
}
