/** Rows as Postgres's JSON has them (its column names, times as text, amounts as text) and as TypeScript has them. */

const camel = memoized((name: string) =>
  name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
);
const snake = memoized((name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const TIME = /_(at|since|until)$/;
const AMOUNTS: ReadonlySet<string> = new Set([
  'amount',
  'fee_amount',
  'deposit_fee_amount',
  'return_reserved',
  'available',
]);

/** Amounts must have come as text: a JSON number would have lost what a float can't hold. */
export function fromColumns<Row>(columns: object): Row {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(columns)) {
    if (typeof value !== 'string') row[camel(name)] = value;
    else if (AMOUNTS.has(name)) row[camel(name)] = BigInt(value);
    else row[camel(name)] = TIME.test(name) ? new Date(value) : value;
  }
  return row as Row;
}

/** Leaves out what is null, which is most of a row: Postgres reads what isn't there as null. */
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
