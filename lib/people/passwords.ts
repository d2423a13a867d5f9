import { hash, verify } from '@node-rs/argon2';
import { DomainError, InvalidInputError } from '~/lib/errors';

/** OWASP's recommendation for argon2id, which is this library's default algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const LENGTH_MIN = 12;
/** Of zxcvbn's 0 to 4: more than 10^8 guesses by who knows the words that people take. */
const SCORE_MIN = 3;
/** The judge's time grows with the square of the length: what these are, the rest may be. */
const JUDGED = 32;
/** What everybody here would think of first. */
const OURS = ['monedero', 'fintoc', 'spei', 'clabe', 'wallet'];

/** The PHC string of argon2id, which carries its own cost: a later change leaves old hashes readable. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), COST));
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(() => verify(passwordHash, password.normalize('NFKC')));
}

/**
 * The hash of a password that may be set: long enough, and none that is guessed from lists of passwords, from words, names
 * and keys beside each other, or from what its owner is called (OWASP ASVS 5, 6.2). Throws InvalidInputError for `field`.
 */
export async function hashNewPassword(
  field: string,
  password: string,
  owner: { name: string; email?: string },
): Promise<string> {
  if (password.length < LENGTH_MIN) throw new InvalidInputError({ [field]: 'password_too_short' });
  guesser ??= loadGuesser();
  const judge = await guesser;
  const theirs = `${owner.name} ${owner.email ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const words = [...OURS, ...theirs.filter((word) => word.length > 2)];
  if (judge(password.slice(0, JUDGED), words) < SCORE_MIN)
    throw new InvalidInputError({ [field]: 'password_guessable' });
  return hashPassword(password);
}

let guesser: ReturnType<typeof loadGuesser> | undefined;

/** Its lists are some megabytes, which only who sets a password needs. */
async function loadGuesser(): Promise<(password: string, words: string[]) => number> {
  const [{ ZxcvbnFactory }, common, english, spanish] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-es-es'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...spanish.dictionary },
    graphs: common.adjacencyGraphs,
    // By default, a hundred spellings of what has digits in it keep the process busy for a second.
    l33tMaxSubstitutions: 10,
  });
  return (password, words) => zxcvbn.check(password, words).score;
}

/** Each takes 19 MiB and a core for some fifty milliseconds: a flood of tries leaves room for all else. */
const AT_ONCE = 2;
const MOST_WAITING = 100;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING)
      throw new DomainError('too_many_tries', 'Too many passwords are being checked.', { seconds: 5 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    // Whoever waits longest takes over this place; without anybody it is free.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
