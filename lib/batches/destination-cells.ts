import { bankName, banksCalled } from '~/lib/banks';
import { type Field, plain } from '~/lib/batches/columns';
import { ACCOUNT_TYPES, type Institution, joinedDestination } from '~/lib/rails/destination';
import { bareOf } from '~/lib/text';

/** Whom a line of a file pays, of cells that say it apart: the number, its bank, and in Chile whose and what account it is. */

type Cells = Partial<Record<Field, string>>;
type AccountType = (typeof ACCOUNT_TYPES)[number];

/** As a destination is typed (lib/rails/destination), with what stands in the way of it, by cell. */
export type ReadDestination = { text: string; faults: Partial<Record<Field, string>> };

/** As `plain` leaves them. */
const TYPES: Record<AccountType, readonly string[]> = {
  checking: ['corriente', 'cuentacorriente', 'ctacte', 'checking', 'current'],
  sight: ['vista', 'cuentavista', 'rut', 'cuentarut', 'chequeraelectronica', 'sight'],
  savings: ['ahorro', 'cuentadeahorro', 'savings'],
};

/**
 * A CLABE says its bank itself, and what is typed as one text stays so. A card or a mobile number wants its bank; where an
 * account is told by whose it is (`tef`), so are the RUT and the type of account wanted.
 */
export function destinationOf(cells: Cells, banks: readonly Institution[]): ReadDestination {
  const { destination: number = '' } = cells;
  if (number === '' || number.includes('/')) return { text: number, faults: {} };
  if (banks.some(({ kinds }) => kinds.includes('tef'))) return chileanOf(number, cells, banks);
  if (/^(\d{16}|\d{10})$/.test(bareOf(number))) return atBank(number, cells, banks);
  return { text: number, faults: {} };
}

function atBank(number: string, { bank }: Cells, banks: readonly Institution[]): ReadDestination {
  const found = bankIn(bank, banks);
  return typeof found === 'string'
    ? { text: number, faults: { bank: found } }
    : { text: joinedDestination({ bank: found.id, number }), faults: {} };
}

function chileanOf(
  number: string,
  { bank, accountType, taxId }: Cells,
  banks: readonly Institution[],
): ReadDestination {
  const found = bankIn(bank, banks);
  const type = ACCOUNT_TYPES.find((each) => TYPES[each].includes(plain(accountType ?? '')));
  const faults: ReadDestination['faults'] = {
    ...(typeof found === 'string' && { bank: found }),
    ...(!type && { accountType: accountType === undefined ? 'required' : 'account_type_unknown' }),
    ...(taxId === undefined && { taxId: 'required' }),
  };
  if (typeof found === 'string' || Object.keys(faults).length > 0) return { text: number, faults };
  return { text: joinedDestination({ taxId, bank: found.id, type, number }), faults };
}

/** By its key, by any name that people know it by, or by the one name that the cell has in it. Else what is wrong. */
function bankIn(cell: string | undefined, banks: readonly Institution[]): Institution | string {
  if (cell === undefined) return 'required';
  const typed = plain(cell);
  const called = new Set(banksCalled(cell).map(bankName));
  const by = [
    banks.filter(({ id, name }) => plain(id) === typed || plain(name) === typed),
    banks.filter(({ name }) => called.has(name)),
    longest(banks.filter(({ name }) => typed.includes(plain(name)))),
    typed.length < 3 ? [] : banks.filter(({ name }) => plain(name).includes(typed)),
  ].find((found) => found.length > 0);
  return by?.length === 1 && by[0] ? by[0] : 'bank_unknown';
}

/** `Banco de Chile` has `Chile` in it as well. */
function longest(banks: readonly Institution[]): Institution[] {
  const most = Math.max(...banks.map(({ name }) => plain(name).length));
  return banks.filter(({ name }) => plain(name).length === most);
}
