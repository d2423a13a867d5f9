import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberOf, PREFIXES, publicId, publicNumber, uuidOf } from '~/lib/api/ids';

it('say the same as the TypeID of the same UUID', () => {
  // https://github.com/jetify-com/typeid/blob/main/spec/valid.yml
  expect(publicId('customer', '0110c853-1d09-52d8-d73e-1194e95b5f19')).toBe('cus_0123456789abcdefghjkmnpqrs');
  expect(publicId('customer', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe('cus_01h455vb4pex5vsknk084sn02q');
});

it('come back as what they were, in the order of the UUIDs', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      const [a, b] = [publicId('wallet', one), publicId('wallet', other)];
      expect(uuidOf('wallet', a)).toBe(one);
      expect(a < b).toBe(one < other);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (number) => {
      expect(numberOf('event', publicNumber('event', number))).toBe(number);
    }),
  );
});

it('are of one kind, and written in one way', () => {
  const id = publicId('wallet', '01890a5d-ac96-774b-bcce-b302099a8057');
  expect(uuidOf('customer', id)).toBeNull();
  expect(uuidOf('wallet', id.toUpperCase())).toBeNull();
  expect(uuidOf('wallet', `${id}0`)).toBeNull();
  expect(uuidOf('wallet', `wal_8${'0'.repeat(25)}`)).toBeNull();
  expect(numberOf('event', `evt_${'z'.repeat(13)}`)).toBeNull();
  expect(new Set(Object.values(PREFIXES)).size).toBe(Object.values(PREFIXES).length);
});
