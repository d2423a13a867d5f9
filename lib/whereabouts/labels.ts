/** What a line of a receipt is about. A `name`, `bank` or `account` alone is of the side whose heading it stands under. */
export type Field =
  | 'key'
  | 'amount'
  | 'total'
  | 'day'
  | 'fromName'
  | 'toName'
  | 'name'
  | 'fromBank'
  | 'toBank'
  | 'bank'
  | 'fromAccount'
  | 'toAccount'
  | 'account'
  | 'reference'
  | 'skip';

/**
 * The labels that banks' apps, their e-mails and Banxico's CEP put beside each fact, in letters without marks. `skip` is what
 * has a value that must not be taken for another: a fee is no amount, a folio no clave de rastreo.
 */
const LABELS: Record<Field, readonly string[]> = {
  key: [
    'clave de rastreo spei',
    'clave de rastreo',
    'clave rastreo',
    'cve. de rastreo',
    'cve de rastreo',
    'cve. rastreo',
    'cve rastreo',
    'numero de rastreo',
    'no. de rastreo',
    'codigo de rastreo',
    'rastreo',
    'tracking key',
    'tracking number',
  ],
  amount: (
    'monto de la transferencia|monto de la operacion|monto del pago|monto transferido|monto enviado|' +
    'monto recibido|monto a transferir|monto|importe de la transferencia|importe de la operacion|' +
    'importe transferido|importe|cantidad enviada|cantidad transferida|cantidad|transferiste|' +
    'enviaste|amount sent|amount'
  ).split('|'),
  total: ['importe total', 'monto total', 'total transferido', 'total pagado', 'total'],
  day: (
    'fecha y hora de la operacion|fecha y hora de operacion|fecha y hora|fecha de la operacion|' +
    'fecha de operacion|fecha operacion|fecha de la transferencia|fecha de transferencia|' +
    'fecha de aplicacion|fecha de liquidacion|fecha de abono en la cuenta beneficiaria|' +
    'fecha de abono|fecha de envio|fecha de pago|fecha del pago|fecha valor|fecha|realizada el|' +
    'operation date|date'
  ).split('|'),
  fromName: (
    'nombre o razon social del ordenante|nombre del ordenante|nombre ordenante|nombre de quien envia|' +
    'nombre del emisor|datos del ordenante|titular cuenta origen|titular de la cuenta de origen|' +
    'ordenante|remitente|enviado por|quien envia|origen|sender|from|de'
  ).split('|'),
  toName: (
    'nombre o razon social del beneficiario|nombre del beneficiario|nombre beneficiario|' +
    'nombre de quien recibe|nombre del receptor|nombre del destinatario|datos del beneficiario|' +
    'datos de destino|titular cuenta destino|titular de la cuenta destino|destinatario|beneficiario|' +
    'a nombre de|enviado a|quien recibe|contacto|destino|beneficiary|recipient|para|to'
  ).split('|'),
  name: ['nombre o razon social', 'nombre completo', 'nombre', 'titular', 'name'],
  fromBank: [
    'institucion emisora del pago',
    'institucion emisora',
    'institucion ordenante',
    'banco emisor',
    'banco ordenante',
    'banco origen',
    'banco de origen',
    'entidad emisora',
    'emisor',
    'sending bank',
  ],
  toBank: [
    'institucion receptora del pago',
    'institucion receptora',
    'institucion beneficiaria',
    'banco receptor',
    'banco beneficiario',
    'banco del beneficiario',
    'banco destino',
    'banco de destino',
    'entidad receptora',
    'receptor',
    'receiving bank',
  ],
  bank: ['institucion', 'banco', 'bank'],
  fromAccount: [
    'cuenta del ordenante',
    'cuenta ordenante',
    'clabe ordenante',
    'clabe del ordenante',
    'cuenta de origen',
    'cuenta origen',
    'cuenta de retiro',
    'cuenta de cargo',
    'cuenta cargo',
    'cuenta retiro',
    'desde la cuenta',
  ],
  toAccount: [
    'clabe/tarjeta/celular del beneficiario',
    'cuenta clabe del beneficiario',
    'cuenta del beneficiario',
    'cuenta beneficiaria',
    'cuenta beneficiario',
    'clabe beneficiaria',
    'clabe beneficiario',
    'clabe del beneficiario',
    'cuenta de destino',
    'cuenta destino',
    'clabe destino',
    'clabe de destino',
    'cuenta de deposito',
    'cuenta de abono',
    'cuenta abono',
    'a la cuenta',
    'account number',
  ],
  account: [
    'cuenta/clabe',
    'cuenta clabe',
    'clabe interbancaria',
    'clabe',
    'numero de cuenta',
    'no. de cuenta',
    'cuenta',
  ],
  reference: [
    'numero de referencia',
    'no. de referencia',
    'referencia numerica',
    'ref. numerica',
    'referencia',
    'reference',
  ],
  skip: (
    'concepto del pago|concepto de pago|concepto|motivo de pago|motivo|descripcion|mensaje|' +
    'comision por transferencia|comision|iva|folio de la operacion|folio de operacion|' +
    'folio de internet|folio unico|folio|numero de autorizacion|numero de operacion|' +
    'id de la operacion|autorizacion|rfc/curp del beneficiario|rfc/curp del ordenante|' +
    'rfc o curp del beneficiario|rfc o curp del ordenante|rfc o curp|rfc/curp|rfc|curp|tipo de pago|' +
    'tipo de operacion|tipo de transferencia|tipo de cuenta|forma de pago|estatus|estado del pago|' +
    'estado|status|hora de la operacion|hora de operacion|hora de abono|hora|divisa|moneda|' +
    'saldo disponible|saldo|numero de serie del certificado|certificado|cadena original|' +
    'sello digital|numero de cliente|telefono|fee|concept'
  ).split('|'),
};

const FIELD_OF = new Map(
  (Object.entries(LABELS) as [Field, readonly string[]][]).flatMap(([field, labels]) =>
    labels.map((label) => [label, field] as const),
  ),
);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** The longer first: `monto total` is not `monto` with something behind it. */
const ANY = [...FIELD_OF.keys()]
  .sort((a, b) => b.length - a.length)
  .map(escaped)
  .join('|');
const AT_START = new RegExp(`^[^\\p{L}\\p{N}$]*(${ANY})(?![\\p{L}\\p{N}])`, 'u');
const AT_END = new RegExp(`(?<![\\p{L}\\p{N}])(${ANY})\\s*[:.]?$`, 'u');
const WITHIN = new RegExp(`(?<![\\p{L}\\p{N}])(${ANY})(?![\\p{L}\\p{N}])`, 'gu');

/** Letters without marks and in lower case, one for one: an index in it is an index in the text. */
export function folded(text: string): string {
  return [...text].map((letter) => plain(letter)).join('');
}

function plain(letter: string): string {
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return base.length === letter.length ? base : letter;
}

/** A label with its value; without a label, something that speaks for itself. */
export type Fact = { field: Field | 'id' | 'clabe'; label: string; raw: string };

export type Labelled = { field: Field; label: string; start: number; end: number };

/** The label that a line begins with; null where it begins with something else. */
export function labelAtStart(line: string): Labelled | null {
  const [whole, label = ''] = AT_START.exec(folded(line)) ?? [];
  const field = FIELD_OF.get(label);
  return whole !== undefined && field ? { field, label, start: 0, end: whole.length } : null;
}

/** The label that a line ends with, where something else stands before it. */
export function labelAtEnd(line: string): Labelled | null {
  const found = AT_END.exec(folded(line));
  const field = FIELD_OF.get(found?.[1] ?? '');
  return found && field && found.index > 0
    ? { field, label: found[1] ?? '', start: found.index, end: line.length }
    : null;
}

/** Every label in a line, from its beginning. */
export function labelsWithin(line: string): Labelled[] {
  return [...folded(line).matchAll(WITHIN)].flatMap(({ 0: label, index }) => {
    const field = FIELD_OF.get(label);
    return field ? [{ field, label, start: index, end: index + label.length }] : [];
  });
}
