import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '~/lib/pagination';
import { type CustomerRow, listCustomers } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { storedCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';

withTestDatabase();

describe('personal data', () => {
  const secret = { email: 'lupita.secreta@correo.test', phone: '+52 55 9876 5432', taxId: 'GODE561231GR8' };
  const found = async (text: string, reader: Reader = OUTSIDER) =>
    (await listCustomers(reader, { text })).items.filter(({ name }) => name === 'Reservada').length;

  beforeAll(async () => {
    await storedCustomer({ name: 'Reservada', ...secret });
  });

  it('is found by its whole value only, however its parts are asked for and whoever asks', async () => {
    for (const reader of [OUTSIDER, ANYBODY])
      for (const value of Object.values(secret)) {
        expect(await found(value, reader), value).toBe(1);
        expect(await found(value.toUpperCase(), reader), value).toBe(1);
        for (let end = 1; end < value.length; end += 1)
          expect(await found(value.slice(0, end), reader), value.slice(0, end)).toBe(0);
        for (const text of [
          `%${value.slice(3, 8)}%`,
          `${value.slice(0, -1)}_`,
          `${value.slice(0, 4)}%`,
          '%@%',
        ])
          expect(await found(text, reader), text).toBe(0);
      }
  });

  it('of a phone of any length is with its country’s code and without', async () => {
    const phones = ['+56 9 8765 4321', '2 2345 6789', '61234567', '+52 1 55 4444 3333', '+1 415 555 2671'];
    const ids: string[] = [];
    for (const phone of phones) ids.push((await storedCustomer({ name: 'Llamada', phone })).id);
    for (const [text, nth] of [
      ...(['987654321', '9 8765 4321', '+56 (9) 8765-4321'].map((text) => [text, 0]) as [string, number][]),
      ...(['223456789', '56 2 2345 6789'].map((text) => [text, 1]) as [string, number][]),
      ...([['6123 4567', 2]] as [string, number][]),
      ...(['55 4444 3333', '52 55 4444 3333'].map((text) => [text, 3]) as [string, number][]),
      ...(['415 555 2671', '1 415 555 2671'].map((text) => [text, 4]) as [string, number][]),
    ])
      for (const reader of [OUTSIDER, ANYBODY])
        expect(
          (await listCustomers(reader, { text })).items.map(({ id }) => id),
          text,
        ).toEqual([ids[nth]]);
    for (const text of ['8765 4321', '7654321', '4444 3333'])
      expect((await listCustomers(ANYBODY, { text })).items, text).toEqual([]);
  });

  it('is found in every spelling of the whole', async () => {
    for (const text of [
      ...['GODE-561231-GR8', 'gode 561231 gr8', ' GODE561231GR8 '],
      ...['55 9876 5432', '(55) 9876-5432', '+525598765432', '5598765432'],
      ...['Lupita.Secreta@CORREO.test', ' lupita.secreta@correo.test '],
    ])
      expect(await found(text), text).toBe(1);
    const rut = { kind: 'business', taxIdKind: 'rut', taxId: '76086428-5' } as const;
    const { id } = await storedCustomer({ ...rut, name: 'Completos' });
    for (const text of ['76086428-5', '76.086.428-5', '760864285', '76 086 428 5'])
      expect(
        (await listCustomers(OUTSIDER, { text })).items.map((row) => row.id),
        text,
      ).toEqual([id]);
  });
});

describe('names', () => {
  const SORTED = ['Ábaco', 'abeja', 'Nube', 'Ñandú', 'Oso'];

  it('are in a person’s order, page by page', async () => {
    for (const name of SORTED.toReversed())
      await storedCustomer({ kind: 'business', name, country: 'cl', taxIdKind: 'rut', taxId: '76543210-3' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<CustomerRow> = await listCustomers(
        ANYBODY,
        { byName: true, country: ['cl'], cursor: cursor ?? undefined },
        2,
      );
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(SORTED);
  });

  it('of an edited cursor are the beginning', async () => {
    for (const cursor of ['x', 'WyJhIiwiYiJd', Buffer.from('["\\u0000","1"]').toString('base64url')])
      expect((await listCustomers(ANYBODY, { byName: true, cursor }, 1)).items[0]?.name).toBe('Ábaco');
  });
});
