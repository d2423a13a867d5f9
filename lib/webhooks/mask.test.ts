import { describe, expect, it } from 'vitest';
import { maskedBody } from '~/lib/webhooks/mask';

describe('a masked body', () => {
  it('hides tax ids, CLABEs and contacts wherever they stand, and nothing else', () => {
    const clabe = '646180157000000004';
    const body = {
      id: 'evt_1',
      data: {
        amount: 59_013,
        counterparty: { holder_id: 'LOHA900101MDFPRN05', account_number: clabe, holder_name: 'Ana' },
        account_number: { number: clabe, id: 'acno_1' },
        people: [{ email: 'ana@ejemplo.mx' }],
      },
    };
    const text = JSON.stringify(maskedBody(body));
    for (const secret of [clabe, 'LOHA900101MDFPRN05', 'ana@ejemplo.mx']) expect(text).not.toContain(secret);
    expect(maskedBody(body)).toMatchObject({
      id: 'evt_1',
      data: { amount: 59_013, account_number: { id: 'acno_1' } },
    });
  });
});
