import { newId } from '~/sandbox/ids';
import type { Direction } from '~/sandbox/lifecycle';
import { type Db, rows } from '~/sandbox/state';

interface NewMovement {
  place: number;
  id: string;
  account_id: string;
  direction: Direction;
  type: string;
  amount: string;
  balance: string;
  currency: string;
  resource_id: string | null;
  return_pair_id: string | null;
}

interface Posting {
  accountId: string;
  direction: Direction;
  amount: bigint;
  currency: string;
  /** The transfer that it is of; null for what is none. */
  resourceId: string | null;
  /** The movement that this one undoes. */
  undoes?: string | null;
  type?: string;
}

/**
 * The balances of some accounts, locked, and the movements made on them since. Nothing is written before `save`, so a
 * batch of any size costs three statements.
 */
export class OpenBooks {
  readonly #balances: Map<string, bigint>;
  readonly #movements: NewMovement[] = [];
  readonly #touched = new Set<string>();

  private constructor(balances: Map<string, bigint>) {
    this.#balances = balances;
  }

  /** Locks the accounts in one order, whoever asks, so that two batches can't wait for each other. */
  static async open(db: Db, accountIds: Iterable<string>): Promise<OpenBooks> {
    const found = await rows<{ id: string; balance: bigint }>(
      db,
      'select id, balance from sandbox.accounts where id = any($1) order by id for no key update',
      [[...new Set(accountIds)]],
    );
    return new OpenBooks(new Map(found.map(({ id, balance }) => [id, balance])));
  }

  /** Whether the account can pay the amount now. */
  canPay(accountId: string, amount: bigint): boolean {
    return this.#balanceOf(accountId) >= amount;
  }

  /** Moves money and returns the movement's id. The caller has checked that a debit is covered. */
  post(posting: Posting, at: Date): string {
    const { accountId, direction, amount, currency, resourceId, undoes = null } = posting;
    const { type = undoes ? 'transfer_return' : 'transfer' } = posting;
    const before = this.#balanceOf(accountId);
    const balance = direction === 'inbound' ? before + amount : before - amount;
    if (balance < 0n) throw new RangeError(`Account ${accountId} can't pay ${amount}.`);
    const id = newId('mov', at);
    this.#balances.set(accountId, balance);
    this.#touched.add(accountId);
    this.#movements.push({
      place: this.#movements.length,
      id,
      account_id: accountId,
      direction,
      type,
      amount: String(amount),
      balance: String(balance),
      currency,
      resource_id: resourceId,
      return_pair_id: undoes,
    });
    return id;
  }

  async save(db: Db, at: Date): Promise<void> {
    if (this.#movements.length === 0) return;
    // The identity column numbers the rows in the order given: a list by it shows balances that follow each other.
    await db.query(
      `insert into sandbox.movements
         (id, account_id, direction, type, amount, balance, currency, resource_id, return_pair_id, transaction_date)
       select id, account_id, direction, type, amount, balance, currency, resource_id, return_pair_id, $2
       from json_to_recordset($1) as m(place int, id text, account_id text, direction text, type text,
         amount bigint, balance bigint, currency text, resource_id text, return_pair_id text)
       order by place`,
      [JSON.stringify(this.#movements), at],
    );
    const undone = this.#movements.filter((movement) => movement.return_pair_id);
    if (undone.length > 0)
      await db.query(
        `update sandbox.movements m set return_pair_id = p.id
         from json_to_recordset($1) as p(id text, return_pair_id text) where m.id = p.return_pair_id`,
        [JSON.stringify(undone)],
      );
    const balances = [...this.#touched].map((id) => ({ id, balance: String(this.#balanceOf(id)) }));
    await db.query(
      `update sandbox.accounts a set balance = b.balance
       from json_to_recordset($1) as b(id text, balance bigint) where a.id = b.id`,
      [JSON.stringify(balances)],
    );
  }

  #balanceOf(accountId: string): bigint {
    const balance = this.#balances.get(accountId);
    if (balance === undefined) throw new Error(`Account ${accountId} is not open in these books.`);
    return balance;
  }
}
