import type { MOVEMENT_KINDS } from '~/lib/movements/kinds';
import type { StatementLocale } from '~/lib/statements/kinds';

/**
 * What a statement says: to the customer, who knows nothing of the console, and in the language that it is asked in. Here
 * and not among the console's texts, since the worker that writes it knows no screens; the types hold both languages to
 * the same keys.
 */
export type StatementWords = typeof SPANISH;

const SPANISH = {
  title: 'Estado de cuenta',
  titlePart: (part: number, parts: number) => `Estado de cuenta, parte ${part} de ${parts}`,
  period: 'Periodo',
  range: (from: string, to: string) => `${from} al ${to}`,
  until: (at: string) => `Hasta el ${at}: el periodo no ha terminado.`,
  holder: 'Titular',
  taxId: 'Clave fiscal',
  wallet: 'Monedero',
  number: 'CLABE',
  asset: 'Moneda',
  madeAt: 'Emitido',
  zone: 'Zona horaria',
  summary: 'Resumen',
  opening: 'Saldo inicial',
  incoming: 'Entradas',
  outgoing: 'Salidas',
  closing: 'Saldo final',
  lines: 'Movimientos',
  counted: (count: number) => (count === 1 ? '1 movimiento' : `${count} movimientos`),
  reserved: 'Apartado al final',
  pending: 'Pendiente al final',
  noLines: 'Sin movimientos en el periodo.',
  columns: {
    booked: 'Fecha',
    happened: 'Fecha del banco',
    kind: 'Movimiento',
    counterparty: 'Contraparte',
    number: 'Cuenta',
    bank: 'Banco',
    trackingKey: 'Clave de rastreo',
    reference: 'Referencia',
    comment: 'Concepto',
    amount: 'Monto',
    balance: 'Saldo',
    fact: 'Dato',
    value: 'Valor',
    sum: 'Importe',
  },
  key: 'Clave de rastreo',
  reference: 'Referencia',
  atBank: 'En el banco',
  ties: 'Saldo inicial + entradas − salidas = saldo final. Cada saldo es el anterior más su monto, en el orden en que se registró, y es el del libro mayor.',
  proven: (movement: string, at: string) =>
    `Los libros cuadran con el banco hasta su movimiento del ${movement}; comparados por última vez el ${at}.`,
  unproven: 'Los libros de esta cuenta aún no se han comparado con el banco.',
  ownBooks: 'Este saldo está solo en los libros de la plataforma: ningún banco lo tiene.',
  parted: 'Hay un descuadre abierto con el banco en la cuenta que guarda este dinero.',
  page: (page: number, pages: number) => `Página ${page} de ${pages}`,
  end: (count: string) => `Fin del estado de cuenta: ${count}.`,
  logo: (name: string) => `Logotipo de ${name}`,
  houseRoles: { operating: 'Operación', fees: 'Comisiones', settlement: 'Liquidación diaria' },
  fileName: 'estado-de-cuenta',
  zipName: 'estados-de-cuenta',
  partName: 'parte',
  kinds: {
    deposit: 'Depósito',
    deposit_fee: 'Comisión por depósito',
    deposit_return: 'Devolución de depósito',
    deposit_return_failed: 'Devolución fallida',
    withdrawal: 'Retiro',
    withdrawal_fee: 'Comisión por retiro',
    withdrawal_release: 'Retiro liberado',
    withdrawal_return: 'Retiro devuelto',
    payout_settled: 'Pago de la plataforma',
    adjustment: 'Ajuste',
    adjustment_release: 'Ajuste liberado',
    deposit_return_settled: 'Devolución liquidada',
    deposit_return_undone: 'Devolución no hecha',
    debt_repaid: 'Pago de deuda',
    payout_explained: 'Pago explicado',
    hold: 'Apartado',
    hold_release: 'Apartado liberado',
  } satisfies Kinds,
};

type Kinds = Record<(typeof MOVEMENT_KINDS)[number], string>;

const ENGLISH: StatementWords = {
  title: 'Statement',
  titlePart: (part, parts) => `Statement, part ${part} of ${parts}`,
  period: 'Period',
  range: (from, to) => `${from} to ${to}`,
  until: (at) => `Up to ${at}: the period isn’t over.`,
  holder: 'Holder',
  taxId: 'Tax id',
  wallet: 'Wallet',
  number: 'CLABE',
  asset: 'Asset',
  madeAt: 'Issued',
  zone: 'Time zone',
  summary: 'Summary',
  opening: 'Opening balance',
  incoming: 'Money in',
  outgoing: 'Money out',
  closing: 'Closing balance',
  lines: 'Transactions',
  counted: (count) => (count === 1 ? '1 transaction' : `${count} transactions`),
  reserved: 'Reserved at the end',
  pending: 'Pending at the end',
  noLines: 'No transactions in the period.',
  columns: {
    booked: 'Date',
    happened: 'Date at the bank',
    kind: 'Transaction',
    counterparty: 'Counterparty',
    number: 'Account',
    bank: 'Bank',
    trackingKey: 'Tracking key',
    reference: 'Reference',
    comment: 'Description',
    amount: 'Amount',
    balance: 'Balance',
    fact: 'Fact',
    value: 'Value',
    sum: 'Sum',
  },
  key: 'Tracking key',
  reference: 'Reference',
  atBank: 'At the bank',
  ties: 'Opening balance + money in − money out = closing balance. Each balance is the one before it plus its amount, in the order booked, and is the ledger’s.',
  proven: (movement, at) =>
    `The books match the bank up to its movement of ${movement}; last compared on ${at}.`,
  unproven: 'The books of this account have not been compared with the bank yet.',
  ownBooks: 'This balance stands in the platform’s books alone: no bank holds it.',
  parted: 'There is an open break with the bank in the account that holds this money.',
  page: (page, pages) => `Page ${page} of ${pages}`,
  end: (count) => `End of the statement: ${count}.`,
  logo: (name) => `Logo of ${name}`,
  houseRoles: { operating: 'Operating', fees: 'Fees', settlement: 'Daily settlement' },
  fileName: 'statement',
  zipName: 'statements',
  partName: 'part',
  kinds: {
    deposit: 'Deposit',
    deposit_fee: 'Deposit fee',
    deposit_return: 'Deposit return',
    deposit_return_failed: 'Failed return',
    withdrawal: 'Withdrawal',
    withdrawal_fee: 'Withdrawal fee',
    withdrawal_release: 'Withdrawal released',
    withdrawal_return: 'Withdrawal returned',
    payout_settled: 'Platform payout',
    adjustment: 'Adjustment',
    adjustment_release: 'Adjustment released',
    deposit_return_settled: 'Return settled',
    deposit_return_undone: 'Return called off',
    debt_repaid: 'Debt repaid',
    payout_explained: 'Payout explained',
    hold: 'Hold',
    hold_release: 'Hold released',
  },
};

const WORDS: Record<StatementLocale, StatementWords> = { 'es-MX': SPANISH, en: ENGLISH };

export function wordsIn(locale: StatementLocale): StatementWords {
  return WORDS[locale];
}

/** A word of a closed set; what is not in it speaks for itself. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code.replaceAll('_', ' ');
}
