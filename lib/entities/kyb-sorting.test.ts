import { describe, expect, it } from 'vitest';
import { type DocumentSlot, documentOf, slotId } from '~/lib/entities/kyb-slots';
import { sortIntoSlots } from '~/lib/entities/kyb-sorting';

function slot(
  key: string,
  person: string | null = null,
  state: DocumentSlot['state'] = 'missing',
): DocumentSlot {
  const target = person ? { shareholderId: `onbsh_${person}` } : { slot: key };
  return { key, person, state, fileName: null, reason: null, target };
}

const SLOTS = [
  slot('tax_registration_certificate'),
  slot('proof_of_address'),
  slot('articles_of_incorporation'),
  slot('legal_representative_id'),
  slot('shareholder_id', 'Ana Soto'),
  slot('shareholder_id', 'José Núñez'),
];

function sorted(names: string[], slots = SLOTS, earlier: Record<string, string> = {}) {
  const found = sortIntoSlots(
    names.map((name) => ({ name })),
    slots,
    earlier,
  );
  return found.map((id) => {
    const one = slots.find((each) => slotId(each) === id);
    return one ? documentOf(one) : null;
  });
}

describe('dropped files', () => {
  it('find their documents by what people call them, in any order and spelling', () => {
    expect(
      sorted([
        'INE_jose-nuñez.PDF',
        'Recibo CFE octubre.jpg',
        'CSF 2026 (1).pdf',
        'Acta_Constitutiva_Textiles.pdf',
        'ine ana SOTO reverso.png',
      ]),
    ).toEqual([
      'shareholder_id · José Núñez',
      'proof_of_address · ',
      'tax_registration_certificate · ',
      'articles_of_incorporation · ',
      'shareholder_id · Ana Soto',
    ]);
  });

  it('take one slot each: two of a kind leave one for the operator to say', () => {
    expect(sorted(['csf.pdf', 'constancia.pdf'])).toEqual(['tax_registration_certificate · ', null]);
  });

  it('that nothing speaks for stay unsorted, unless one file and one document are left', () => {
    expect(sorted(['scan0001.pdf', 'scan0002.pdf'])).toEqual([null, null]);
    expect(sorted(['scan0001.pdf'], [slot('proof_of_address')])).toEqual(['proof_of_address · ']);
  });

  it('go first to what is missing, and replace what is there only where nothing else fits', () => {
    const received = slot('shareholder_id', 'Ana Soto', 'received');
    expect(sorted(['ine.pdf'], [received, slot('shareholder_id', 'José Núñez')])).toEqual([
      'shareholder_id · José Núñez',
    ]);
    expect(sorted(['ine ana soto.pdf'], [received])).toEqual(['shareholder_id · Ana Soto']);
  });

  it('of a rejected KYB go where they went before, whatever they are called', () => {
    const earlier = { 'proof_of_address · ': 'scan0001.pdf', 'shareholder_id · Ana Soto': 'csf.pdf' };
    expect(sorted(['csf.pdf', 'scan0001.pdf'], SLOTS, earlier)).toEqual([
      'shareholder_id · Ana Soto',
      'proof_of_address · ',
    ]);
  });
});
