import { beforeAll, describe, expect, it } from 'vitest';
import { LISTS } from '~/app/api/export/lists';
import type { OpenedList } from '~/app/api/export/opened';
import type { Reader } from '~/app/api/export/words';
import { loadMessages } from '~/app/messages/load';
import type { SearchParams } from '~/components/list/search-params';
import type { ExportListName } from '~/lib/exports/lists';
import { parseAmount } from '~/lib/money';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { REFERENCE, someOfEverything } from '~/lib/testing/listed';

withTestDatabase();
let reader: Reader;
let walletId: string;
beforeAll(async () => {
  const auditor = await someOperator('auditor');
  const { wallets } = await someOfEverything(await someOperator('operator'));
  walletId = wallets[0]?.id ?? '';
  reader = {
    ...{ kind: 'operator', id: auditor.id, name: auditor.name, role: 'auditor' },
    ...{ timeZone: 'America/Mexico_City', locale: 'es-MX', messages: await loadMessages('es-MX') },
  };
});

const MONEY = Object.keys({
  movements: 0,
  withdrawals: 0,
  'withdrawals-waiting': 0,
  'withdrawals-in-flight': 0,
  'withdrawals-failed': 0,
  deposits: 0,
  'deposits-waiting': 0,
  adjustments: 0,
  'adjustments-waiting': 0,
} satisfies Partial<Record<ExportListName, 0>>) as ExportListName[];

/** All rows of a list, as its file has them: how many, and the sum of each asset. */
async function addedUp({ read, columns }: OpenedList) {
  const [asset, amount] = ['Moneda', 'Monto'].map((name) =>
    columns.findIndex(({ header }) => header === name),
  );
  const sums = new Map<string, bigint>();
  let count = 0;
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await read(cursor, 50);
    for (const row of items) {
      const of = String(row[asset ?? -1]);
      const text = String(row[amount ?? -1]);
      const value = parseAmount(text.replace('-', ''), of);
      if (value === null) throw new Error(`${text} is no amount of ${of}`);
      count += 1;
      sums.set(of, (sums.get(of) ?? 0n) + (text.startsWith('-') ? -value : value));
    }
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return { count, sums: Object.fromEntries(sums) };
}

async function totalled({ totals }: OpenedList) {
  const found = await totals?.();
  if (!found) throw new Error('It has totals.');
  const sums = new Map<string, bigint>();
  for (const { asset, amount, direction } of found.sums)
    sums.set(asset, (sums.get(asset) ?? 0n) + (direction === 'out' ? -amount : amount));
  return { count: found.count, sums: Object.fromEntries(sums) };
}

describe.each(MONEY)('the total of %s', (list) => {
  it('is what the rows of its file add up to, however it is filtered', async () => {
    const filters: SearchParams[] = [
      {},
      ...[{ asset: 'MXN' }, { min: '100' }, { max: '50' }, { from: '2026-11-19', to: '2026-11-19' }],
      ...[{ q: REFERENCE }, { q: 'renta mayo' }, { q: 'ana' }, { q: '123.45' }, { q: 'nobody at all' }],
      ...(list.startsWith('deposits') ? [] : [{ wallet: walletId }, { wallet: walletId, q: '100' }]),
    ];
    let most = 0;
    for (const filter of filters) {
      const opened = await LISTS[list].open(filter, reader);
      expect(opened.unreadable).toEqual([]);
      const rows = await addedUp(opened);
      expect({ filter, ...(await totalled(opened)) }).toEqual({ filter, ...rows });
      most = Math.max(most, rows.count);
    }
    expect(most).toBeGreaterThan(0);
  });
});
