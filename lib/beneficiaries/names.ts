/**
 * How alike the name that somebody wrote down and the name that a bank tells are. Banks leave off accents, turn surnames
 * round, shorten, leave out second names and cut what is long: that is all the same person. Pure.
 */

export type NameVerdict = 'same' | 'similar' | 'different';

/** Of 100. From 85 on it is the same name in another spelling; below 60 somebody else's. */
export function nameVerdict(score: number): NameVerdict {
  if (score >= 85) return 'same';
  return score >= 60 ? 'similar' : 'different';
}

/** How alike two names are, from 0 to 100, whichever is given first. What has no letters is like nothing. */
export function nameScore(one: string, other: string): number {
  const [short, long] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (!short || !long || short.length === 0) return 0;
  const { sum, count } = bestPairs(short, long);
  // Left out of one of them says less against it than another word in its place.
  const score = Math.round((100 * sum * (0.7 + (0.3 * sum) / long.length)) / short.length);
  // One word in common is a name that many have.
  return count < 2 && long.length > 1 ? Math.min(score, 50) : score;
}

/** No name has so many; what comes after them is not looked at. */
const MOST_WORDS = 12;

const PARTICLES = new Set('de del la las los el y e i da das do dos van von'.split(' '));

/** How a company calls its kind, which banks write in many ways or leave off; as it stands at the end, without dots. */
const COMPANY =
  /(?: s\s?a\s?p\s?i| s\s?a\s?b| s\s?a| s\s?(?:de )?r\s?l| s\s?c| a\s?c| s\s?p\s?a| s\s?a\s?s| ltda| limitada| e\s?i\s?r\s?l)?(?: de)?(?: c\s?v)?$/;

const ABBREVIATED: Record<string, string> = {
  ...{ ma: 'maria', fco: 'francisco', fca: 'francisca', gpe: 'guadalupe', jto: 'justo', stgo: 'santiago' },
  ...{ hdz: 'hernandez', hdez: 'hernandez', rdz: 'rodriguez', rguez: 'rodriguez', mtz: 'martinez' },
  ...{
    mtnez: 'martinez',
    gzz: 'gonzalez',
    glz: 'gonzalez',
    glez: 'gonzalez',
    glzz: 'gonzalez',
    lpz: 'lopez',
  },
  ...{ prz: 'perez', fdz: 'fernandez', fdez: 'fernandez', dgz: 'dominguez', vzqz: 'vazquez', stos: 'santos' },
  ...{ cia: 'compania', hnos: 'hermanos', intl: 'internacional', mex: 'mexico', com: 'comercializadora' },
  ...{ const: 'construcciones', dist: 'distribuidora', serv: 'servicios', grl: 'general', nal: 'nacional' },
};

function wordsOf(name: string): string[] {
  const line = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.'’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const bare = line.replace(COMPANY, '') || line;
  const words = bare.split(' ').filter((word) => word !== '');
  const telling = words.filter((word) => !PARTICLES.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS).map((word) => ABBREVIATED[word] ?? word);
}

/** How alike two words are, from 0 to 1. */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.startsWith(short)) return short.length === 1 ? 0.85 : short.length >= 3 ? 0.9 : 0;
  return short.length >= 5 && isOneSlip(short, long) ? 0.85 : 0;
}

/** Whether one letter more, less, other or two turned round make them the same. */
function isOneSlip(short: string, long: string): boolean {
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  const [a, b] = [short.slice(from), long.slice(from)];
  if (a === b.slice(1)) return true;
  if (short.length !== long.length) return false;
  return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

/** Each word with at most one of the other name, so that together they are as alike as can be. */
function bestPairs(short: readonly string[], long: readonly string[]): { sum: number; count: number } {
  // By which words of the longer name are taken: the most that the words so far come to.
  let best = new Map([[0, { sum: 0, count: 0 }]]);
  for (const word of short) {
    const next = new Map(best);
    for (const [taken, { sum, count }] of best) {
      for (const [nth, other] of long.entries()) {
        const like = taken & (1 << nth) ? 0 : likeness(word, other);
        const key = taken | (1 << nth);
        if (like > 0 && sum + like > (next.get(key)?.sum ?? 0))
          next.set(key, { sum: sum + like, count: count + 1 });
      }
    }
    best = next;
  }
  return [...best.values()].reduce((most, each) => (each.sum > most.sum ? each : most), { sum: 0, count: 0 });
}
