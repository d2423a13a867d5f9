import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clabeCheckDigit } from '~/lib/clabe';
import { readReceipts } from '~/lib/whereabouts/receipt';

const TODAY = '2026-11-26';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

const payment = fc.record({
  key: fc.tuple(fc.constantFrom('MBAN', 'HSBC', 'NU', 'BNET'), digits(18)).map((parts) => parts.join('')),
  amount: fc.bigInt({ min: 1n, max: 999_999_999n }),
  day: fc
    .integer({ min: 0, max: 3_000 })
    .map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10)),
  clabe: digits(17).map((first) => first + clabeCheckDigit(first)),
});

type Written = { key: string; amount: string; day: string; clabe: string };
const LABELS: Record<keyof Written, string[]> = {
  key: ['Clave de rastreo', 'CLAVE DE RASTREO', 'Clave rastreo'],
  amount: ['Monto', 'Importe', 'Monto transferido'],
  day: ['Fecha', 'Fecha de operación', 'FECHA DE OPERACION'],
  clabe: ['Cuenta beneficiaria', 'CLABE', 'Cuenta destino'],
};
const MONTHS = 'ene feb mar abr may jun jul ago sep oct nov dic'.split(' ');

const layout = fc.record({
  order: fc.shuffledSubarray<keyof Written>(['key', 'amount', 'day', 'clabe'], { minLength: 4 }),
  label: fc.nat({ max: 2 }),
  between: fc.constantFrom(': ', '\n', '\t', ':\n', '   '),
  after: fc.boolean(),
  money: fc.constantFrom('$', '$ ', 'MXN '),
  days: fc.constantFrom<(day: string) => string>(
    (day) => day,
    (day) => day.split('-').reverse().join('/'),
    (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
    (day) => `${day.slice(8)} de ${MONTHS[Number(day.slice(5, 7)) - 1]} de ${day.slice(0, 4)}`,
  ),
});

it('whatever the order, the labels and the way of writing, what was written is what is read', () => {
  fc.assert(
    fc.property(fc.array(payment, { minLength: 1, maxLength: 3 }), layout, (payments, how) => {
      const text = payments
        .map(({ key, amount, day, clabe }) => {
          const pesos = (amount / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
          const written: Written = {
            key,
            clabe,
            day: how.days(day),
            amount: `${how.money}${pesos}.${(amount % 100n).toString().padStart(2, '0')}`,
          };
          const pair = (field: keyof Written) => [LABELS[field][how.label], written[field]];
          return how.order
            .map((field) => (how.after ? pair(field).reverse().join('\n') : pair(field).join(how.between)))
            .join('\n');
        })
        .join('\n\n');
      const read = readReceipts(text, TODAY).map(({ key, amount, day, clabes }) => ({
        key,
        amount,
        day,
        clabe: clabes[0],
      }));
      expect(read).toEqual(payments.map(({ key, amount, day, clabe }) => ({ key, amount, day, clabe })));
    }),
    { numRuns: 100 },
  );
});

it('no text is too strange to be read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      for (const { key, day, amount } of readReceipts(text, TODAY)) {
        if (key !== null) expect(key).toMatch(/^[0-9A-Z]{5,30}$/);
        if (day !== null) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
        if (amount !== null) expect(amount > 0n).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});
