import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { listCustomers } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';

withTestDatabase();

describe('personal data', () => {
  const secret = { email: 'lupita.secreta@correo.test', phone: '+52 55 9876 5432', taxId: 'GODE561231GR8' };
  const found = async (text: string, reader: Reader = OUTSIDER) =>
    (await listCustomers(reader, { text })).items.filter(({ name }) => name === 'Reservada').length;

  beforeAll(async () => {
    await db().customer.create({
      data: { kind: 'individual', name: 'Reservada', country: 'mx', taxIdKind: 'rfc', ...secret },
    });
  });

  it('that is masked is found by its whole value only, however its parts are asked for', async () => {
    for (const value of Object.values(secret)) {
      expect(await found(value), value).toBe(1);
      expect(await found(value.toUpperCase()), value).toBe(1);
      for (let end = 1; end < value.length; end += 1)
        expect(await found(value.slice(0, end)), value.slice(0, end)).toBe(0);
      for (const text of [`%${value.slice(3, 8)}%`, `${value.slice(0, -1)}_`, `${value.slice(0, 4)}%`, '%@%'])
        expect(await found(text), text).toBe(0);
    }
    expect(await found('55 9876 5432')).toBe(1);
  });

  it('a phone of any length is found with its country’s code and without, by parts only by who sees it', async () => {
    const phones = ['+56 9 8765 4321', '2 2345 6789', '61234567', '+52 1 55 4444 3333'];
    const names = phones.map((_phone, nth) => `Llamada ${'abcd'[nth]}`);
    for (const [nth, phone] of phones.entries())
      await db().customer.create({
        data: {
          ...{ kind: 'individual', name: names[nth] ?? '', country: 'mx', taxIdKind: 'rfc' },
          ...{ taxId: 'LOHA900101AA1', phone },
        },
      });
    const called = async (text: string, reader: Reader) =>
      (await listCustomers(reader, { text })).items.map(({ name }) => name);
    for (const [text, name] of [
      ['987654321', names[0]],
      ['9 8765 4321', names[0]],
      ['+56 (9) 8765-4321', names[0]],
      ['223456789', names[1]],
      ['56 2 2345 6789', names[1]],
      ['6123 4567', names[2]],
      ['55 4444 3333', names[3]],
      ['52 55 4444 3333', names[3]],
    ] as const)
      for (const reader of [OUTSIDER, ANYBODY]) expect(await called(text, reader), text).toEqual([name]);
    expect(await called('8765 4321', ANYBODY)).toEqual([names[0]]);
    expect(await called('8765 4321', OUTSIDER)).toEqual([]);
    expect(await called('7654321', ANYBODY)).toEqual([]);
  });

  it('is found by its beginning by who sees it', async () => {
    expect(await found(secret.email.slice(0, 6), ANYBODY)).toBe(1);
    expect(await found(secret.taxId.slice(0, 6), ANYBODY)).toBe(1);
    expect(await found('%secreta%', ANYBODY)).toBe(0);
  });
});

describe('names', () => {
  const SORTED = ['Ábaco', 'abeja', 'Nube', 'Ñandú', 'Oso'];

  it('are in a person’s order, page by page', async () => {
    for (const name of SORTED.toReversed())
      await db().customer.create({
        data: { kind: 'business', name, country: 'cl', taxIdKind: 'rut', taxId: '76543210-3' },
      });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(
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
