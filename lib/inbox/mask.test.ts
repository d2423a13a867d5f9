import { describe, expect, it } from 'vitest';
import { maskedBody } from '~/lib/inbox/mask';

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

  it('hides an onboarding’s people and papers, and what Fintoc may come to call by other names', () => {
    const secrets = {
      identification_number: 'BOXW310820HNERXN09',
      settlement_account: '012180001234567895',
      fiscal_address: 'Av. Reforma 1, CDMX',
      file_name: 'INE Walter Box.pdf',
      phone: '+525512345678',
      receipt_url: 'https://cep.example/tr_1',
      some_new_tax_id: 'GODE561231GR8',
      some_new_account: '646180157000000004',
      some_new_contact: 'walter@ejemplo.mx',
      some_new_rut: '12345678-5',
    };
    const text = JSON.stringify(maskedBody({ data: { people: [secrets], status: 'approved' } }));
    for (const [name, secret] of Object.entries(secrets)) expect(text, name).not.toContain(secret);
    expect(text).toContain('approved');
  });
});
