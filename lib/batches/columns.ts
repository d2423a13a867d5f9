import type { DestinationKind } from '~/lib/rails/destination';

/** The columns of a file of withdrawals, by whatever name people give them. Pure. */

export const FIELDS = [
  ...(['destination', 'bank', 'accountType', 'amount', 'name', 'taxId'] as const),
  ...(['comment', 'reference', 'wallet'] as const),
] as const;
export type Field = (typeof FIELDS)[number];

/** Where a file pays to: `tef` to accounts in Chile, told by whose they are; `spei` to all else. */
export type Network = 'spei' | 'tef';
export const networkOf = (destinations: readonly DestinationKind[]): Network =>
  destinations.includes('tef') ? 'tef' : 'spei';

const NOT_OF: Record<Network, readonly Field[]> = { spei: ['accountType'], tef: ['reference'] };

/** The columns of a template. */
export function fieldsOf(network: Network): Field[] {
  return FIELDS.filter((field) => !NOT_OF[network].includes(field));
}

/** Without these a row says nothing. */
const NEEDED: readonly Field[] = ['destination', 'amount'];

/** What heads are called, in Spanish and English and by the files of banks and other tools, as `plain` leaves them. */
const NAMES: Record<Field, readonly string[]> = {
  destination: [
    ...['clabe', 'cuentaclabe', 'clabebeneficiario', 'clabedelbeneficiario', 'clabedestino', 'cuenta'],
    ...['cuentadestino', 'cuentabeneficiario', 'destino', 'destination', 'beneficiaryclabe', 'accountnumber'],
    ...[
      'counterpartyaccountnumber',
      'account',
      'beneficiarysclabe',
      'clabetarjetaocelular',
      'numerodecuenta',
    ],
    ...['nrodecuenta', 'cuentabancaria', 'tarjeta', 'celular', 'clabecardormobile', 'card', 'mobile'],
  ],
  bank: [
    ...['banco', 'bancodestino', 'bancobeneficiario', 'bancodelbeneficiario', 'institucion', 'bank'],
    ...['beneficiarybank', 'beneficiarysbank', 'institution'],
  ],
  accountType: ['tipodecuenta', 'tipocuenta', 'tipodecuentadestino', 'accounttype', 'typeofaccount'],
  amount: [
    'monto',
    'importe',
    'cantidad',
    'amount',
    'montomxn',
    'importemxn',
    'amountmxn',
    'montoenmxn',
    'amountinmxn',
    'montoclp',
    'montoenclp',
    'amountclp',
    'amountinclp',
  ],
  name: [
    'nombre',
    'beneficiario',
    'nombrebeneficiario',
    'nombredelbeneficiario',
    'titular',
    'name',
    'beneficiary',
  ].concat(['beneficiaryname', 'beneficiarysname', 'counterpartyname', 'holdername']),
  taxId: [
    'rfc',
    'curp',
    'rfcocurp',
    'rfccurp',
    'rfcorcurp',
    'taxid',
    'beneficiarytaxid',
    'counterpartyholderid',
    'rut',
    'rutbeneficiario',
    'rutdelbeneficiario',
    'beneficiarysrut',
  ],
  comment: ['concepto', 'conceptopago', 'conceptodepago', 'descripcion', 'comment', 'concept', 'comentario'],
  reference: ['referencia', 'referencianumerica', 'reference', 'referenceid', 'numericreference'],
  wallet: [
    'monedero',
    'iddelmonedero',
    'clabedelmonedero',
    'cuentaorigen',
    'clabeorigen',
    'wallet',
    'walletid',
  ].concat(['walletsclabe', 'senderaccountnumber', 'sourceaccount', 'origen', 'ordenante']),
};

const BY_NAME = new Map(
  FIELDS.flatMap((field) => NAMES[field].map((name): [string, Field] => [name, field])),
);

/** Which field each column is of, null where of none; and what keeps the file from being read. */
export type Head = { fields: (Field | null)[]; unused: string[]; missing: Field[]; doubled: Field[] };

export function readHead(cells: readonly string[]): Head {
  const fields = cells.map((cell) => BY_NAME.get(plain(cell)) ?? null);
  const known = fields.filter((field) => field !== null);
  return {
    fields,
    unused: cells.filter((cell, nth) => fields[nth] === null && cell.trim() !== ''),
    missing: NEEDED.filter((field) => !known.includes(field)),
    doubled: FIELDS.filter((field) => known.filter((each) => each === field).length > 1),
  };
}

/** Without accents, case, blanks and signs. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
