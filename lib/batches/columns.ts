/** The columns of a file of withdrawals, by whatever name people give them. Pure. */

export const FIELDS = ['destination', 'amount', 'name', 'taxId', 'comment', 'reference', 'wallet'] as const;
export type Field = (typeof FIELDS)[number];

/** Without these a row says nothing. */
const NEEDED: readonly Field[] = ['destination', 'amount'];

/** What heads are called, in Spanish and English and by the files of banks and other tools, as `plain` leaves them. */
const NAMES: Record<Field, readonly string[]> = {
  destination: [
    ...['clabe', 'cuentaclabe', 'clabebeneficiario', 'clabedelbeneficiario', 'clabedestino', 'cuenta'],
    ...['cuentadestino', 'cuentabeneficiario', 'destino', 'destination', 'beneficiaryclabe', 'accountnumber'],
    ...['counterpartyaccountnumber', 'account', 'beneficiarysclabe'],
  ],
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
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
