import { describe, expect, it } from 'vitest';
import { readReceipts, type Sought } from '~/lib/whereabouts/receipt';

const TODAY = '2026-11-26';
const OURS = '735969000000203297';
const KEY = 'MBAN01002611260001234567';

const LAYOUTS: Record<string, { text: string; is: Partial<Sought> }> = {
  'an app with a colon behind each label': {
    text: `Transferencia exitosa
Monto: $1,500.00
Fecha: 26/11/2026  Hora: 14:32:05 h
Cuenta de retiro: •••• 1234
Cuenta destino: ${OURS}
Beneficiario: María José Núñez
Banco destino: FINTOC
Concepto: Pago de renta 500.00
Referencia: 2611260
Clave de rastreo: ${KEY}
Folio de operación: 8812345678
Comisión: $0.00`,
    is: {
      ...{ key: KEY, amount: 150_000n, day: TODAY, clabes: [OURS], ends: ['1234'], reference: '2611260' },
      ...{ names: ['María José Núñez'], toBank: 'FINTOC' },
    },
  },
  'an app with its values below the labels': {
    text: `Comprobante de transferencia SPEI

Importe
$ 12,345.60 MXN

Fecha y hora de operación
26 nov 2026, 09:05

Nombre del ordenante
JUAN CARLOS PÉREZ LÓPEZ
Cuenta origen
**** **** **** 4417

Nombre del beneficiario
ANA SOFÍA ÁLVAREZ
Cuenta CLABE del beneficiario
735 969 00000020329 7

Clave de rastreo
HSBC0126112600998877`,
    is: {
      ...{ key: 'HSBC0126112600998877', amount: 1_234_560n, day: TODAY, clabes: [OURS], ends: ['4417'] },
      names: ['ANA SOFÍA ÁLVAREZ', 'JUAN CARLOS PÉREZ LÓPEZ'],
    },
  },
  'an app with its values above the labels': {
    text: `$850.00
Monto
26 de noviembre de 2026
Fecha
NU38KQ1LJ2V8A9B0C1D2E3F4G5H6
Clave de rastreo
0012345
Referencia numérica`,
    is: {
      key: 'NU38KQ1LJ2V8A9B0C1D2E3F4G5H6',
      amount: 85_000n,
      day: TODAY,
      reference: '0012345',
    },
  },
  'the page of Banxico’s CEP': {
    text: `Comprobante Electrónico de Pago
Fecha de operación en el SPEI\t26/11/2026
Institución emisora del pago\tBBVA MEXICO
Institución receptora del pago\tFINTOC
Clave de rastreo\t${KEY}
Cuenta beneficiaria\t${OURS}
Nombre del beneficiario\tMARIA NUÑEZ
RFC/CURP del beneficiario\tNUMM800101AB1
Monto del pago\t1,500.00
IVA\t0.00
Estado del pago en Banxico\tLiquidado`,
    is: {
      ...{ key: KEY, amount: 150_000n, day: TODAY, clabes: [OURS], names: ['MARIA NUÑEZ'] },
      ...{ fromBank: 'BBVA MEXICO', toBank: 'FINTOC' },
    },
  },
  'the CEP itself, with its seals': {
    text: `SPEI® Comprobante electrónico de pago (CEP)
Datos del ordenante
Nombre: JUAN PEREZ
Institución: SANTANDER
Cuenta: 014180567890123459
Datos del beneficiario
Nombre: MARIA NUÑEZ
Institución: FINTOC
CLABE: ${OURS}
Fecha de abono en la cuenta beneficiaria: 26/11/2026 12:05:30
Monto: 1500.00
Clave de rastreo: 2026112640014BMOV0000410198250
Número de serie del certificado: 00001000000509872531
Cadena original:
||1|26112026|26112026|120530|40014|SANTANDER|JUAN PEREZ|40|014180567890123459|PEPJ800101AB1|FINTOC|
Sello digital:
hB7Wd0eFqk3sV9mZ1xY2cR4tU6iO8pA5sD7fG9hJ1kL3zX5cV7bN9mQ2wE4rT6yU8==`,
    is: {
      ...{ key: '2026112640014BMOV0000410198250', amount: 150_000n, day: TODAY, fromBank: 'SANTANDER' },
      ...{ clabes: [OURS], names: ['MARIA NUÑEZ', 'JUAN PEREZ'], toBank: 'FINTOC' },
    },
  },
  'running text in a chat': {
    text: `Hola buenas tardes, el día de ayer hice una transferencia por $2,300.50 y no se refleja, mi clave de rastreo es la siguiente: ${KEY}. Gracias`,
    is: { key: KEY, amount: 230_050n, day: '2026-11-25' },
  },
  'one line without breaks': {
    text: `Transferencia enviada Monto $99.90 Fecha 2026-11-26 Clave de rastreo ${KEY} Cuenta beneficiaria ${OURS} Referencia 1234567`,
    is: { key: KEY, amount: 9_990n, day: TODAY, clabes: [OURS], reference: '1234567' },
  },
  'an e-mail with dots as leaders': {
    text: `Importe ........... 5,000.00 M.N.
Fecha operación ... 26-NOV-26
Cve. Rastreo ...... 085903456789012345678
Ordenante ......... Comercializadora del Norte, S.A. de C.V.`,
    is: {
      ...{ key: '085903456789012345678', amount: 500_000n, day: TODAY },
      names: ['Comercializadora del Norte, S.A. de C.V'],
    },
  },
  'a screen reader’s text, in English': {
    text: `Amount sent
$1,000.00
To
María Núñez
Date
Nov 26, 2026
Tracking key
${KEY}`,
    is: { key: KEY, amount: 100_000n, day: TODAY, names: ['María Núñez'] },
  },
  'a masked clave de rastreo and a sign': {
    text: `- $1,500.00
Hoy, 10:12 h
Enviado a Luisa Fernanda Ríos
Clave de rastreo: ****234567
Total: $1,505.80`,
    is: { key: '234567', amount: 150_000n, day: TODAY, names: ['Luisa Fernanda Ríos'] },
  },
  'a clave de rastreo that was broken over two lines': {
    text: `Clave de rastreo:\n2026112690735\n00000000000000041\nMonto: 10.00`,
    is: { key: '202611269073500000000000000041', amount: 1_000n },
  },
};

describe('a receipt', () => {
  it.each(Object.entries(LAYOUTS))('is read from %s', (_, { text, is }) => {
    const read = readReceipts(text, TODAY);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject(is);
  });

  it('is the same with lines as Windows ends them, accents apart, and blanks of any kind', () => {
    for (const { text } of Object.values(LAYOUTS)) {
      const other = text
        .normalize('NFD')
        .replaceAll('\n', '\r\n')
        .replace(/(?<=\w) (?=\w)/g, '\u00a0');
      expect(readReceipts(other, TODAY)).toEqual(readReceipts(text, TODAY));
    }
  });
});

describe('several payments', () => {
  it('are told apart by what is said again', () => {
    const text = `Monto: $100.00\nBeneficiario: Ana Ruiz\nClave de rastreo: ABCD1000001\n
Monto: $100.00\nBeneficiario: Ana Ruiz\nClave de rastreo: ABCD1000002\n
Monto: $300.00\nBeneficiario: Luis Gil\nClave de rastreo: ABCD1000003`;
    expect(readReceipts(text, TODAY)).toMatchObject([
      { key: 'ABCD1000001', amount: 10_000n, names: ['Ana Ruiz'] },
      { key: 'ABCD1000002', amount: 10_000n, names: ['Ana Ruiz'] },
      { key: 'ABCD1000003', amount: 30_000n, names: ['Luis Gil'] },
    ]);
  });

  it('are the rows of a table', () => {
    const text = `Fecha\tClave de rastreo\tBeneficiario\tMonto
25/11/2026\tABCD1000001\tAna Ruiz\t$1,000.00
26/11/2026\tABCD1000002\tLuis Gil\t$20.50`;
    expect(readReceipts(text, TODAY)).toMatchObject([
      { key: 'ABCD1000001', day: '2026-11-25', amount: 100_000n, names: ['Ana Ruiz'] },
      { key: 'ABCD1000002', day: TODAY, amount: 2_050n, names: ['Luis Gil'] },
    ]);
  });

  it('are the lines of a list', () => {
    expect(readReceipts(`${KEY}\nHSBC0126112600998877`, TODAY).map(({ key }) => key)).toEqual([
      KEY,
      'HSBC0126112600998877',
    ]);
    expect(readReceipts(`26/11/2026 $100.00\n25/11/2026 $250.00`, TODAY)).toMatchObject([
      { day: TODAY, amount: 10_000n },
      { day: '2026-11-25', amount: 25_000n },
    ]);
  });
});

describe('what is typed', () => {
  it.each<[string, Partial<Sought>]>([
    [KEY, { key: KEY }],
    ['234567', { key: '234567', reference: '234567' }],
    [OURS, { clabes: [OURS], key: null }],
    ['735 969 00000020329 7', { clabes: [OURS] }],
    ['1,500.00 26/11/2026', { amount: 150_000n, day: TODAY }],
    ['$1500 26 nov', { amount: 150_000n, day: TODAY }],
    ['1500', { amount: 150_000n, key: null }],
    ['María José Núñez', { names: ['María José Núñez'] }],
    ['tr_3abcXYZ', { id: 'tr_3abcXYZ' }],
    ['019A0000-0000-7000-8000-000000000000', { id: '019a0000-0000-7000-8000-000000000000' }],
    ['27 nov', { day: '2026-11-27' }],
    ['31 de diciembre', { day: '2025-12-31' }],
  ])('%s', (text, is) => {
    expect(readReceipts(text, TODAY)).toMatchObject([is]);
  });

  it('is nothing where nothing can be looked for', () => {
    for (const text of ['', '   ', '¿?', '30/02/2026']) expect(readReceipts(text, TODAY)).toEqual([]);
  });
});
