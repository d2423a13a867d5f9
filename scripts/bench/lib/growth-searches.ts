import { listAdjustments } from '~/lib/adjustments/read';
import { listEntities } from '~/lib/entities/list';
import { find } from '~/lib/find/find';
import { listMovements } from '~/lib/movements/movements';
import { listCustomers } from '~/lib/people/customers';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';
import { clabeOf, customerOf, emailOf, phoneOf, taxIdOf } from './growth-crowd.ts';
import { customersOf, NEEDLE_NAME } from './growth-data.ts';
import type { Read } from './growth-reads.ts';

type List = {
  name: string;
  find: (text: string) => Promise<unknown>;
  typed: [what: string, of: (nth: number) => string][];
};

/** Another one of the many at each try. */
const oneOf = (nth: number, many: number) => 1 + ((nth * 7_919 + 2_500) % many);
const SOME = [
  'Berta',
  'Peña',
  'ernánd',
  'Óscar',
  'Gallegos',
  'Wendy',
  'Zavala',
  'úrsula',
  'Tomás',
  'Rita',
  'Quintero',
  'lara',
];
const some = (nth: number) => SOME[nth % SOME.length] ?? '';
const other = (nth: number) => SOME[(nth + 5) % SOME.length] ?? '';

/** With two letters in each other’s place. */
const swapped = (name: string) => name.replace(/(..)(.)(.)/u, '$1$3$2');

const NAMES: List['typed'] = [
  ['a name that many have', some],
  ['two names', (nth) => `${some(nth)} ${other(nth)}`],
  ['a part that nobody has', (nth) => `zq${nth}xw`],
  ['two letters', (nth) => some(nth).slice(0, 2)],
  ['a rare name', () => 'quetzalcoatl'],
];

/** What people type into the search of every list, at a size. */
export function searches(movements: number): Read[] {
  const customers = customersOf(movements);
  const one = (of: (n: number) => string) => (nth: number) => of(1 + customerOf(nth, customers - 1));
  const payments: List['typed'] = [
    ...NAMES,
    ['a rare counterparty', () => NEEDLE_NAME],
    ['a concept', () => 'colegiatura'],
    ['the end of a clave de rastreo', (nth) => String(oneOf(nth, movements)).padStart(12, '0')],
    ['a CLABE', (nth) => `002 180 ${String(oneOf(nth, movements)).padStart(12, '0')}`],
    ['an amount', (nth) => `${1_000 + ((nth * 331) % 17_000)}.${10 + (nth % 80)}`],
    ['a bank', () => 'banamex'],
    ['a bank that nobody has', () => 'mercado pago'],
  ];
  const lists: List[] = [
    {
      name: 'from anywhere',
      find: (text) => find(ANYBODY, text),
      typed: [
        ...NAMES,
        ['a name with a slip', (nth) => swapped(`${some(nth)} ${other(nth)}`)],
        ['an RFC', one(taxIdOf)],
        ['an e-mail', one(emailOf)],
        ['a phone', one(phoneOf)],
        ['a CLABE', one(clabeOf)],
        ['an amount', (nth) => `${1_000 + ((nth * 331) % 17_000)}.${10 + (nth % 80)}`],
        ['the end of a clave de rastreo', (nth) => String(oneOf(nth, movements)).padStart(12, '0')],
        ['an id of Fintoc’s', (nth) => `tr_bench${oneOf(nth, movements)}`],
      ],
    },
    {
      name: 'customers',
      find: (text) => listCustomers(ANYBODY, { text }),
      typed: [...NAMES, ['an e-mail', one(emailOf)], ['an RFC', one(taxIdOf)], ['a phone', one(phoneOf)]],
    },
    {
      name: 'customers by name',
      find: (text) => listCustomers(OUTSIDER, { text, byName: true }),
      typed: NAMES,
    },
    {
      name: 'wallets',
      find: (text) => listWallets(OUTSIDER, { text }),
      typed: [
        ...NAMES,
        ['a CLABE', one(clabeOf)],
        ['the end of a CLABE', (nth) => clabeOf(nth * 31 + 7).slice(-6)],
      ],
    },
    {
      name: 'entities',
      find: (text) => listEntities(OUTSIDER, { text }),
      typed: [...NAMES, ['a company', (nth) => `${some(nth)} SA de CV`]],
    },
    {
      name: 'account numbers',
      find: (text) => listAccountNumbers(OUTSIDER, { text }),
      typed: [...NAMES, ['a CLABE', one(clabeOf)]],
    },
    {
      name: 'deposits',
      find: (text) => listTransfers(OUTSIDER, { text, direction: 'inbound' }),
      typed: payments,
    },
    { name: 'withdrawals', find: (text) => listWithdrawals(OUTSIDER, { text }), typed: payments },
    { name: 'adjustments', find: (text) => listAdjustments(OUTSIDER, { text }), typed: NAMES },
    { name: 'movements', find: (text) => listMovements(OUTSIDER, { text }), typed: payments },
  ];
  return [
    ...lists.flatMap(({ name, find, typed }) =>
      typed.map(([what, of]): Read => ({ name: `search, ${name}: ${what}`, run: (nth) => find(of(nth)) })),
    ),
    { name: 'list, customers by name', run: () => listCustomers(OUTSIDER, { byName: true }) },
    {
      name: 'list, deposits of a bank',
      run: () => listTransfers(OUTSIDER, { direction: 'inbound', banks: ['002'] }),
    },
    {
      name: 'list, withdrawals of a bank that nobody has',
      run: () => listWithdrawals(OUTSIDER, { banks: ['722'] }),
    },
    {
      name: 'list, movements of a bank that nobody has',
      run: () => listMovements(OUTSIDER, { banks: ['722'] }),
    },
  ];
}
