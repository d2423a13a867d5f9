import { describe, expect, it } from 'vitest';
import { fromAsked, toAsked } from '~/lib/whereabouts/asked';
import { type Comparable, type Fit, fitOf } from '~/lib/whereabouts/compare';
import { NOTHING, readReceipts, type Sought } from '~/lib/whereabouts/receipt';
import { amountOf } from '~/lib/whereabouts/values';

const KEY = 'MBAN01002611260001234567';
const OURS = '735969000000203297';
const payment: Comparable = {
  ...{ id: 'tr_1', transferId: 'tr_1', trackingKey: KEY, amount: 150_000n, asset: 'MXN', day: '2026-11-26' },
  ...{
    clabes: [OURS, '012180015555555559'],
    names: ['JUAN PEREZ LOPEZ', 'María Núñez'],
    referenceId: '0012345',
  },
};

const FITS: [what: string, sought: Partial<Sought>, fit: Fit | null][] = [
  ['its whole clave', { key: KEY }, { how: 'same', differs: [] }],
  ['the end of its clave', { key: '34567' }, { how: 'same', differs: [] }],
  ['its clave with another amount', { key: KEY, amount: 99n }, { how: 'same', differs: ['amount'] }],
  ['another clave', { key: 'HSBC999999999999' }, null],
  [
    'another clave, with amount and day',
    { key: 'HSBC999999999999', amount: 150_000n, day: '2026-11-26' },
    { how: 'near', differs: ['key'] },
  ],
  ['its amount and day', { amount: 150_000n, day: '2026-11-26' }, { how: 'same', differs: [] }],
  ['five centavos more', { amount: 150_005n, day: '2026-11-26' }, { how: 'near', differs: ['amount'] }],
  ['the day after', { amount: 150_000n, day: '2026-11-27' }, { how: 'near', differs: ['day'] }],
  [
    'the day after and five centavos',
    { amount: 149_995n, day: '2026-11-25' },
    { how: 'near', differs: ['amount', 'day'] },
  ],
  ['two pesos more', { amount: 150_200n, day: '2026-11-26' }, null],
  ['a week later', { amount: 150_000n, day: '2026-12-04' }, null],
  ['its CLABE', { clabes: [OURS] }, { how: 'same', differs: [] }],
  [
    'another CLABE, with amount and day',
    { clabes: ['012180000000000002'], amount: 150_000n, day: '2026-11-26' },
    { how: 'near', differs: ['clabe'] },
  ],
  ['a name, turned and without accents', { names: ['Nunez Maria'] }, { how: 'same', differs: [] }],
  ['a name that the bank cut', { names: ['Juan Pérez Lop'] }, { how: 'same', differs: [] }],
  ['its reference, with zeros left off', { reference: '12345' }, { how: 'same', differs: [] }],
  ['a number that may be either', { key: '12345', reference: '12345' }, { how: 'same', differs: [] }],
  ['its id', { id: 'tr_1' }, { how: 'same', differs: [] }],
  ['another id', { id: 'tr_2' }, null],
];

const IN_CHILE: [what: string, sought: Partial<Sought>, fit: Fit | null][] = [
  ['its amount and day', { amount: 1_500_000n, day: '2026-11-26' }, { how: 'same', differs: [] }],
  ['a peso more', { amount: 1_500_100n, day: '2026-11-26' }, { how: 'near', differs: ['amount'] }],
  ['two pesos more', { amount: 1_500_200n, day: '2026-11-26' }, null],
  ['a hundredth of it', { amount: 15_000n, day: '2026-11-26' }, null],
  ['centavos, which it has none of', { amount: 1_500_050n, day: '2026-11-26' }, null],
];

describe('a payment of 15,000 Chilean pesos', () => {
  it.each(IN_CHILE)('by %s', (_, sought, fit) => {
    expect(fitOf({ ...NOTHING, ...sought }, { ...payment, amount: 15_000n, asset: 'CLP' })).toEqual(fit);
  });

  it.each(['15000', '15.000', '$15.000', '15,000', '$ 15.000 pesos'])(
    'is what somebody writes as %s',
    (text) => {
      expect(amountOf(text)).toBe(1_500_000n);
    },
  );
});

describe('a payment', () => {
  it.each(FITS)('by %s', (_, sought, fit) => {
    expect(fitOf({ ...NOTHING, ...sought }, payment)).toEqual(fit);
  });
});

describe('what is looked for, in an address', () => {
  it('comes back as it was, and holds nothing else of a receipt', () => {
    const text = `Monto: $1,500.00\nFecha: 26/11/2026\nClave de rastreo: ${KEY}\nCuenta destino: ${OURS}\nBeneficiario: María Núñez\nRFC: NUMM800101AB1\nConcepto: Tratamiento médico`;
    const [sought = NOTHING] = readReceipts(text, '2026-11-26');
    const asked = toAsked(sought);
    expect(fromAsked(asked)).toEqual(sought);
    expect(asked).not.toMatch(/NUMM800101AB1|Tratamiento/);
  });

  it('is nothing where somebody else wrote it', () => {
    for (const asked of [
      '',
      'k=%00',
      'd=2026-11-26',
      'a=-5',
      'a=1e9',
      'c=123',
      'd=2026-02-30',
      'x=y',
      'n=%F0%90'.slice(0, 2),
    ])
      expect(fromAsked(asked), asked).toBeNull();
  });
});
