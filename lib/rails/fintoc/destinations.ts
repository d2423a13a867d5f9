import { BANKS } from '~/lib/banks';
import { checkClabe } from '~/lib/clabe';
import {
  type CheckedDestination,
  type DestinationKind,
  type Institution,
  isCardNumber,
  joinedDestination,
  partsOf,
} from '~/lib/rails/destination';
import { bareOf } from '~/lib/text';

/** Where Fintoc pays to: by SPEI in Mexico, by TEF in Chile. Pure. */

// Banxico's keys of SPEI's participants: a CLABE's three digits behind 40 (banks), 37 (development banks) or 90 (all others).
const DEVELOPMENT_BANKS = new Set(['006', '009', '019', '135', '166', '168']);
const speiKey = (code: string) =>
  `${DEVELOPMENT_BANKS.has(code) ? '37' : Number(code) >= 600 ? '90' : '40'}${code}`;

/** Those that a card or a phone may be of, by the name that people know. */
export const SPEI_INSTITUTIONS: readonly Institution[] = BANKS.flatMap(({ name, codes }) =>
  codes.slice(0, 1).map((code) => ({ id: speiKey(code), name })),
);

/** What somebody typed, or what was put together of fields. */
export function checkDestination(text: string): CheckedDestination {
  const { bank, number } = partsOf(text);
  if (bank !== undefined) return checkAtBank(bareOf(bank), bareOf(number));
  const digits = bareOf(number);
  // Neither a card nor a phone says of itself whose it is.
  if (/^(\d{10}|\d{16})$/.test(digits)) return refused('destination_bank');
  const clabe = checkClabe(text);
  return clabe.ok
    ? { ok: true, kind: 'clabe', destination: clabe.clabe, bank: clabe.bank?.name ?? null }
    : refused(`clabe_${clabe.reason}`);
}

/** Of a card or a mobile number, by how long it is. */
function checkAtBank(bank: string, number: string): CheckedDestination {
  const institution = SPEI_INSTITUTIONS.find(({ id }) => id === bank);
  if (!institution) return refused('destination_bank');
  if (/\D/.test(number)) return refused('destination_digits');
  if (number.length !== 16 && number.length !== 10) return refused('destination_digits');
  if (number.length === 16 && !isCardNumber(number)) return refused('card_check_digit');
  const kind: DestinationKind = number.length === 16 ? 'card' : 'phone';
  return { ok: true, kind, destination: joinedDestination({ bank, number }), bank: institution.name };
}

function refused(reason: string): CheckedDestination {
  return { ok: false, reason };
}
