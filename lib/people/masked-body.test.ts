import { describe, expect, it } from 'vitest';
import { maskedBody, maskedKyb } from '~/lib/people/masked-body';
import { PERSONAL } from '~/lib/people/sight';

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

  it('hides what our own rows call personal, as the audit log and approvals keep it', () => {
    const names = Object.values(PERSONAL).flatMap((fields) =>
      Object.entries(fields).flatMap(([name, kind]) =>
        ['text', 'json', 'kyb'].includes(kind) ? [] : [name],
      ),
    );
    expect(names.length).toBeGreaterThan(8);
    for (const name of names)
      expect(maskedBody({ after: { [name]: '55123' } }), name).not.toMatchObject({
        after: { [name]: '55123' },
      });
  });
});

describe('a masked KYB', () => {
  it('keeps who is in it, which papers there are and how far it is, and nothing that anybody answered', () => {
    const masked = maskedKyb({
      id: 'onbprc_1',
      status: 'rejected',
      data: { company_information: { business_activity: 'Joyas', started_on: '2001-02-03' } },
      review_comments: ['Ana no firmó'],
      documents: [{ key: 'deed', status: 'rejected', file_name: 'Acta de Ana.pdf', reason: 'Borrosa' }],
      shareholders: [
        { id: 'sh_1', name: 'Ana', last_name: 'Ruiz', holder_id: 'GODE561231GR8', percentage: 60 },
      ],
    });
    expect(masked).toMatchObject({
      id: 'onbprc_1',
      status: 'rejected',
      documents: [{ key: 'deed', status: 'rejected' }],
      shareholders: [{ id: 'sh_1', name: 'Ana', last_name: 'Ruiz', percentage: 60 }],
    });
    const text = JSON.stringify(masked);
    for (const answer of ['Joyas', '2001', 'firmó', 'Acta', 'Borrosa', 'GODE561231GR8'])
      expect(text).not.toContain(answer);
  });
});
