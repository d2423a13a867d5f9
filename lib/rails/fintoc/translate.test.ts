import { expect, test } from 'vitest';
import { toTransfer } from '~/lib/rails/fintoc/translate';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { fintocTransfer } from '~/lib/testing/deliveries';

const HIDING = '\u202e\u2066Ana\u200b  Nun\u0303ez\u202c\ud800\0';

test('of what others wrote, what nobody sees is out of every column; the object has it as it came', () => {
  const raw = fintocTransfer({ accountId: 'acc_1' }) as { counterparty: object };
  const said = {
    ...raw,
    comment: `\u2067${HIDING}\r\n`,
    tracking_key: 'ABC\u200b123',
    counterparty: { ...raw.counterparty, holder_name: HIDING, holder_id: 'gode\u2010561231 gr8' },
  };
  const transfer = toTransfer(said);
  expect(transfer).toMatchObject({
    comment: 'Ana Nuñez\ufffd',
    trackingKey: 'ABC123',
    counterparty: { name: 'Ana Nuñez\ufffd', taxId: 'GODE561231GR8' },
  });
  // As PostgreSQL can keep it.
  expect(transfer.raw).toMatchObject({
    counterparty: {
      holder_name: '\u202e\u2066Ana\u200b  Nun\u0303ez\u202c\ufffd',
      holder_id: 'gode\u2010561231 gr8',
    },
  });
});

test('a name of nothing but them is none', () => {
  const raw = fintocTransfer({ accountId: 'acc_1' }) as { counterparty: object };
  const transfer = toTransfer({
    ...raw,
    comment: '\u200b',
    counterparty: { ...raw.counterparty, holder_name: '\u2066\u2069' },
  });
  expect(transfer).toMatchObject({ comment: null, counterparty: { name: null } });
});

test('a tax id stands in one form, in whichever Fintoc has it; what is none stays', () => {
  const entity = (holder_id: string) =>
    toEntity({ id: 'ent_1', holder_name: 'A', holder_id, is_root: false, mode: 'test' }).holderId;
  expect(['12.345.678-5', '123456785', '012345678-5'].map(entity)).toEqual(Array(3).fill('12345678-5'));
  expect(entity('ND')).toBe('ND');
});
