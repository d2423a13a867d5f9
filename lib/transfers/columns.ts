/** Rows as Postgres's JSON has them (its column names, times as text, amounts as text) and as TypeScript has them. */
import type { Transfer, WalletAsset, WalletTerms, Withdrawal } from '~/prisma/generated/client';

const camel = memoized((name: string) =>
  name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
);
const snake = memoized((name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const TIME = /_(at|since|until)$/;

type BigIntsOf<Row> = { [Name in keyof Row]: bigint extends Row[Name] ? Name : never }[keyof Row];

type TermsColumns = Pick<WalletTerms, 'depositFeeAmount' | 'depositFeeMin' | 'depositFeeMax'>;

/** Every bigint of these rows, which the types hold it to; and balances of accounts. */
const AMOUNTS = {
  amount: true,
  feeAmount: true,
  depositFeeAmount: true,
  depositFeeMin: true,
  depositFeeMax: true,
  returnReserved: true,
  available: true,
  reserved: true,
} satisfies Record<
  | BigIntsOf<Transfer>
  | BigIntsOf<Withdrawal>
  | BigIntsOf<WalletAsset>
  | BigIntsOf<TermsColumns>
  | 'available'
  | 'reserved',
  true
>;

/** Throws where an amount came as a JSON number, which is a float, instead of as text. */
export function fromColumns<Row>(columns: object): Row {
  const row: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(columns)) {
    const name = camel(column);
    if (value !== null && name in AMOUNTS) row[name] = exact(column, value);
    else row[name] = typeof value === 'string' && TIME.test(column) ? new Date(value) : value;
  }
  return row as Row;
}

function exact(column: string, value: unknown): bigint {
  if (typeof value !== 'string') throw new Error(`${column} came as ${typeof value}, not as text.`);
  return BigInt(value);
}

/** Leaves out nulls, which are most of a row: PostgreSQL reads what is missing as null. */
export function toColumns(row: object): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value !== null) columns[snake(name)] = typeof value === 'bigint' ? value.toString() : value;
  }
  return columns;
}

function memoized(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = work(text);
      known.set(text, answer);
    }
    return answer;
  };
}
