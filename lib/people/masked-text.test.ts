import { describe, expect, it } from 'vitest';
import { clabeCheckDigit, formatClabe } from '~/lib/clabe';
import { HIDDEN, maskedText } from '~/lib/people/masked-text';

const CLABE = '646180157000000004';
const AROUND = ['$', 'Pago a $ de julio', '$, gracias', 'renta:$;', '($)', 'a\n$\nb', '«$»', 'CLABE=$', '$.'];
/** Where words and numbers run into it. */
const GLUED = ['CLABE$', 'tel$', 'RFC$', 'ñ$ y', 'el 12, $', 'No. 7/$'];
const SECRETS = {
  clabe: [
    CLABE,
    formatClabe(CLABE),
    '6461-8015-7000-0000-04',
    '646180 157000 000004',
    '646180 - 157 - 000000004',
    '646180  157000  000004',
  ],
  email: ['ana@ejemplo.mx', 'ANA.LOPEZ+renta@sub.ejemplo.com.mx', "o'brien@ejemplo.mx"],
  rfc: ['GODE561231GR8', 'gode561231gr8', 'GODE-561231-GR8', 'GODE 561231 GR8', 'ABC010101AB1'],
  curp: ['BOXW310820HNERXN09', 'HEGG560427MVZRRL04'],
  rut: ['12345678-5', '12.345.678-5', '12345678−5', '12.345.678 - 5'],
  card: ['4111111111111111', '4111 1111 1111 1111', '4111 - 1111 - 1111 - 1111', '378282246310005'],
  phone: [
    ...['+525512345678', '+52 55 1234 5678', '+56 9 1234 5678', '525512345678', '5215512345678'],
    ...['52 1 55 1234 5678', '52 - 55 1234 - 5678', '0052 55 1234 5678', '044 55 1234 5678', '56912345678'],
  ],
};

describe('what gives itself away by its form', () => {
  for (const [what, secrets] of Object.entries(SECRETS))
    it(`is masked wherever it stands in a text: ${what}`, () => {
      for (const secret of secrets)
        for (const around of AROUND) {
          const text = around.replace('$', secret);
          const masked = maskedText(text);
          expect(masked, text).not.toContain(secret);
          expect(masked, text).toMatch(/•/);
          const [before = '', after = ''] = around.split('$');
          expect(
            masked.startsWith(before) && masked.endsWith(after),
            `${masked} keeps what stands around`,
          ).toBe(true);
        }
    });

  it.each(Object.entries(SECRETS).filter(([what]) => what !== 'email'))(
    'is masked where words and numbers run into it: %s',
    (_what, secrets) => {
      for (const secret of secrets)
        for (const around of GLUED) {
          const masked = maskedText(around.replace('$', secret));
          expect(masked, around.replace('$', secret)).not.toContain(secret);
          expect(masked, around.replace('$', secret)).toMatch(/•/);
        }
    },
  );

  it('is masked as often as it stands there', () => {
    expect(maskedText(`${CLABE} o ana@ejemplo.mx, beto@ejemplo.mx`)).toBe(
      `646 ••• ••••••••000 4 o ${HIDDEN}, ${HIDDEN}`,
    );
    expect(maskedText('12345678-5 y 4111 1111 1111 1111')).toBe('•••••678-5 y •••• 1111');
  });

  it('is a phone of ten digits too, where there is more than it', () => {
    expect(maskedText('mi cel 55 1234 5678')).toBe('mi cel •• •••• ••78');
    expect(maskedText('cel: (55) 1234-5678')).toBe('cel: (••) ••••-••78');
    expect(maskedText('tel5512345678')).toBe('tel••••••••78');
    expect(maskedText('cel 55 - 1234 - 5678')).toBe('cel •• - •••• - ••78');
    expect(maskedText('5512345678')).toBe('5512345678');
  });

  it('is one of Chile’s nine digits, where there is more than it', () => {
    expect(maskedText('cel 912345678')).toBe('cel •••••••78');
    expect(maskedText('llamar al 9 1234 5678')).toBe('llamar al • •••• ••78');
    expect(maskedText('912345678')).toBe('912345678');
  });

  it('is found where a number stands before it', () => {
    expect(maskedText(`12 ${formatClabe(CLABE)} 3`)).toBe('12 646 ••• ••••••••000 4 3');
    expect(maskedText('Lote 7 4111 1111 1111 1111')).toBe('Lote 7 •••• 1111');
  });
});

describe('what is nobody’s number', () => {
  it('stays as it is', () => {
    for (const text of [
      'Renta de julio 2026',
      'Factura 1234567 del 2026-07-01',
      '$1,520.00 MXN',
      'Folio 123456789012345678',
      'Pedido ABC-123',
      '2026-11-26T12:04:05.000Z',
      'tr_3MeD6yzs3NO2KtgEoQpebsVpnJM',
      '01a216b1-6c4a-71bb-bd7e-0115a2252aed',
      '12345678-9012-4a4b-8c8d-912345678901',
      'Monto 9123456.78',
      'Serie 555123456789012',
      'Fintoc answered 429',
      '4111111111111112',
    ])
      expect(maskedText(text)).toBe(text);
  });

  it('is a number of 18 digits whose check digit is wrong', () => {
    const wrong = `${CLABE.slice(0, 17)}${(Number(clabeCheckDigit(CLABE.slice(0, 17))) + 1) % 10}`;
    expect(maskedText(`Folio ${wrong}`)).toBe(`Folio ${wrong}`);
  });
});
