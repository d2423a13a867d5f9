import { BANKS } from '~/lib/banks';
import { checkClabe } from '~/lib/clabe';
import { clabeBank } from '~/lib/clabe-bank';
import {
  ACCOUNT_TYPES,
  type CheckedDestination,
  type DestinationKind,
  type Institution,
  isCardNumber,
  joinedDestination,
  partsOf,
} from '~/lib/rails/destination';
import { checkTaxId } from '~/lib/tax-id';
import { bareOf, lineOf } from '~/lib/text';

/** Where Fintoc pays to: by SPEI in Mexico, by TEF in Chile. Pure. */

// Banxico's keys of SPEI's participants: a CLABE's three digits behind 40 (banks), 37 (development banks) or 90 (all others).
const DEVELOPMENT_BANKS = new Set(['006', '009', '019', '135', '166', '168']);
const speiKey = (code: string) =>
  `${DEVELOPMENT_BANKS.has(code) ? '37' : Number(code) >= 600 ? '90' : '40'}${code}`;

/** Those that a card or a phone may be of, by the name that people know. */
export const SPEI_INSTITUTIONS: readonly Institution[] = BANKS.flatMap(({ name, codes }) =>
  codes.slice(0, 1).map((code) => ({ id: speiKey(code), name, kinds: ['card', 'phone'] as const })),
);

/** Where TEF pays to, as Fintoc calls them (api/fintoc-api/chile-institution-codes). */
export const TEF_INSTITUTIONS: readonly Institution[] = Object.entries({
  cl_banco_bbva: 'BBVA Chile',
  cl_banco_bci: 'BCI',
  cl_banco_bice: 'BICE',
  cl_banco_consorcio: 'Banco Consorcio',
  cl_banco_de_chile: 'Banco de Chile',
  cl_banco_estado: 'BancoEstado',
  cl_banco_falabella: 'Banco Falabella',
  cl_banco_hsbc: 'HSBC Chile',
  cl_banco_internacional: 'Banco Internacional',
  cl_banco_itau: 'Itaú',
  cl_banco_ripley: 'Banco Ripley',
  cl_banco_santander: 'Santander Chile',
  cl_banco_scotiabank: 'Scotiabank Chile',
  cl_banco_security: 'Banco Security',
  cl_banco_coopeuch: 'Coopeuch',
  cl_copec_pay: 'Copec Pay',
  cl_mach: 'Mach',
  cl_mercado_pago: 'Mercado Pago Chile',
  cl_prepago_los_heroes: 'Los Héroes',
  cl_tapp_caja_los_andes: 'Tapp',
  cl_tenpo: 'Tenpo',
}).map(([id, name]) => ({ id, name, kinds: ['tef'] }));

/** No Chilean bank numbers its accounts longer. */
const LONGEST_ACCOUNT = 20;

/** What somebody typed, or what was put together of fields. */
export function checkDestination(text: string): CheckedDestination {
  const { taxId, bank, type, number } = partsOf(text);
  if (taxId !== undefined) return checkTef({ taxId, bank: lineOf(bank ?? ''), type, number: bareOf(number) });
  if (bank !== undefined) return checkAtBank(bareOf(bank), bareOf(number));
  const digits = bareOf(number);
  // Neither a card nor a phone says of itself whose it is.
  if (/^(\d{10}|\d{16})$/.test(digits)) return refused('destination_bank');
  const clabe = checkClabe(text);
  return clabe.ok
    ? { ok: true, kind: 'clabe', destination: clabe.clabe, bank: clabeBank(clabe.clabe)?.name ?? null }
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

/** A bank's account in Chile, by whose it is. */
function checkTef({
  taxId = '',
  bank = '',
  type = '',
  number,
}: ReturnType<typeof partsOf>): CheckedDestination {
  const rut = checkTaxId('cl', taxId);
  if (!rut.ok) return refused('destination_rut');
  const institution = TEF_INSTITUTIONS.find(({ id }) => id === bank);
  if (!institution) return refused('destination_bank');
  if (!ACCOUNT_TYPES.some((known) => known === type)) return refused('destination_type');
  if (!/^\d+$/.test(number) || number.length > LONGEST_ACCOUNT) return refused('account_digits');
  const destination = joinedDestination({ taxId: rut.normalized, bank, type, number });
  return { ok: true, kind: 'tef', destination, bank: institution.name };
}

function refused(reason: string): CheckedDestination {
  return { ok: false, reason };
}
