import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameScore, nameVerdict } from '~/lib/beneficiaries/names';

const verdict = (one: string, other: string) => nameVerdict(nameScore(one, other));

describe('two names', () => {
  it.each([
    ['Ximena Robles', 'XIMENA ROBLES'],
    ['María José Ñáñez Peña', 'NANEZ PENA MARIA JOSE'],
    ['José Luis Hernández Gómez', 'JOSE L HERNANDEZ GOMEZ'],
    ['Ma. Guadalupe Rodríguez', 'MARIA GPE RDZ'],
    ['Juan de la Cruz y Ramos', 'JUAN CRUZ RAMOS'],
    ['Francisco Javier González Montemayor', 'FRANCISCO JAVIER GONZALEZ MONTEMAY'],
    ['Comercializadora del Norte, S.A. de C.V.', 'COMERCIALIZADORA DEL NORTE SA DE CV'],
    ['Comercializadora del Norte', 'COMERCIALIZADORA NORTE S A DE C V'],
    ['Textiles Andes SpA', 'TEXTILES ANDES'],
    ['Rodrigo Fuenzalida', 'RODRIGO FUENZALDIA'],
    ['Ana López', 'ANA MARIA LOPEZ GARCIA'],
  ])('%s and %s are the same', (one, other) => {
    expect(verdict(one, other)).toBe('same');
  });

  it.each([
    ['Ximena Robles', 'MATEO IBARRA', 'different'],
    ['Ana López', 'ANA', 'different'],
    ['Ana López García', 'PEDRO LOPEZ GARCIA', 'similar'],
    ['Ana López', 'ANA GARCIA', 'different'],
    ['Juan Pérez', 'JUANA PEREZ', 'same'],
    ['Lee', 'LI', 'different'],
    ['S.A. de C.V.', 'XIMENA ROBLES', 'different'],
  ] as const)('%s and %s are %s', (one, other, expected) => {
    expect(verdict(one, other)).toBe(expected);
  });

  it('is of nobody where there is no letter', () => {
    expect([nameScore('', 'Ana'), nameScore('·', '·'), nameScore('—', 'Ana López')]).toEqual([0, 0, 0]);
  });
});

const WORDS = 'ximena robles mateo ibarra lucia pena emiliano cantu renata solis andrade quiroga'.split(' ');
const word = fc.constantFrom(...WORDS);
const name = fc.uniqueArray(word, { minLength: 2, maxLength: 5 });
const anything = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('whatever they are', () => {
  it('the score is from 0 to 100, and the same from either side', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        const score = nameScore(one, other);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        expect(nameScore(other, one)).toBe(score);
      }),
    );
  });

  it('order, capitals, accents and dots change nothing', () => {
    fc.assert(
      fc.property(name, fc.nat(), (words, seed) => {
        const turned = [...words.slice(seed % words.length), ...words.slice(0, seed % words.length)];
        const bank = turned.join('. ').toUpperCase().replaceAll('E', 'É').replaceAll('N', 'Ñ');
        expect(nameScore(words.join(' '), bank)).toBe(100);
      }),
    );
  });

  it('a first name shortened to its letter is still theirs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 3, maxLength: 5 }), (words) => {
        const [first = '', ...rest] = words;
        expect(verdict(words.join(' '), [first.slice(0, 1), ...rest].join(' '))).toBe('same');
      }),
    );
  });

  it('names that share no word are never taken for the same', () => {
    fc.assert(
      fc.property(name, (words) => {
        const others = WORDS.filter((each) => !words.includes(each)).slice(0, words.length);
        expect(verdict(words.join(' '), others.join(' '))).toBe('different');
      }),
    );
  });

  it('one word in common is nobody’s name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 5, maxLength: 5 }), ([shared, a, b, c, d]) => {
        expect(verdict(`${shared} ${a} ${b}`, `${shared} ${c} ${d}`)).toBe('different');
      }),
    );
  });
});
