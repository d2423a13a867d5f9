import { visible } from '~/lib/text';
import { isUuid } from '~/lib/uuid';
import { type Fact, type Field, labelAtEnd, labelAtStart, labelsWithin } from '~/lib/whereabouts/labels';
import { rowsOf } from '~/lib/whereabouts/rows';
import {
  accountOf,
  amountOf,
  BARE_AMOUNT,
  bareKeyOf,
  clabesIn,
  dayIn,
  dayOf,
  keyOf,
  looksNamed,
  nameOf,
} from '~/lib/whereabouts/values';

/** What one payment can be found by. All of it is what somebody said, and none of it has to be so. */
export type Sought = {
  /** A clave de rastreo, or its end. */
  key: string | null;
  /** Whole CLABEs, who was paid first. */
  clabes: string[];
  /** Of masked accounts, the digits that are left, who was paid first. */
  ends: string[];
  /** In hundredths of what was said: which peso it is, nobody says. */
  amount: bigint | null;
  /** `2026-11-26`, in Mexico. */
  day: string | null;
  /** Who was paid first. */
  names: string[];
  reference: string | null;
  fromBank: string | null;
  toBank: string | null;
  /** An id of ours or of a rail. */
  id: string | null;
};

export const NOTHING: Sought = {
  ...{ key: null, clabes: [], ends: [], amount: null, day: null, names: [], reference: null },
  ...{ fromBank: null, toBank: null, id: null },
};

/** Longer than any receipt, or than several. */
export const MOST_TEXT = 20_000;
/** So many payments of one text are looked for. */
export const MOST_PAYMENTS = 10;

/**
 * Reads what somebody typed or pasted: a clave de rastreo, a CLABE, an amount and a day, a name, or the whole text of one or
 * more SPEI receipts, as banks' apps and Banxico's CEP print them: labels before their values, on their line or on the one
 * above, behind them or below, in tables, or in running text. `today` is a day in Mexico, for `hoy` and days without a year.
 */
export function readReceipts(text: string, today: string): Sought[] {
  const lines = visible(text.slice(0, MOST_TEXT).normalize('NFKC'))
    .split('\n')
    .map((line) => line.replace(/[\u00a0\u202f]/g, ' ').trim())
    .filter((line) => line !== '' && !isSealed(line));
  const rows = rowsOf(lines);
  const payments = rows
    ? rows.map((facts) => foldFacts(facts, today))
    : split(factsOf(lines.flatMap(broken), today)).map((facts) => foldFacts(facts, today));
  const sought = payments.filter(isSomething);
  return (sought.length > 0 ? sought : wordsAlone(lines)).slice(0, MOST_PAYMENTS);
}

/** The CEP's original string and the seals beneath it: long, for machines, and all of it said before. */
const isSealed = (line: string) => line.startsWith('||') || /^[A-Za-z0-9+/=]{44,}$/.test(line);

/** Cuts a line before each label within it that has a value behind it. */
function broken(line: string): string[] {
  const cuts = labelsWithin(line)
    .filter(({ start, end, field }) => start > 0 && isLabel(line.slice(end), field))
    .map(({ start }) => start);
  return [0, ...cuts]
    .map((from, index) => line.slice(from, cuts[index] ?? line.length).trim())
    .filter((part) => part !== '');
}

const PARTED = /^\s*[:=|\t]|^\s{2,}\S/;

/** Whether what follows makes a label of a word: a colon, or a value of its kind. */
function isLabel(rest: string, field: Field): boolean {
  if (PARTED.test(rest)) return /[^\s:=|\t]/.test(rest);
  return isStrict(field) && fits(field, bareValue(rest), '2000-01-01');
}

const STRICT: readonly Field[] = [
  'key',
  'amount',
  'total',
  'day',
  'fromAccount',
  'toAccount',
  'account',
  'reference',
];
const isStrict = (field: Field) => STRICT.includes(field);

const bareValue = (rest: string) => rest.replace(/^[\s:=|.\-–—]+(?=\S)/u, '').trim();

/** Whether a text can be the value of such a label. */
function fits(field: Field, text: string, today: string): boolean {
  switch (field) {
    case 'key':
      return keyOf(text) !== null;
    case 'amount':
    case 'total':
      return amountOf(text) !== null;
    case 'day':
      return dayOf(text, today) !== null;
    case 'fromAccount':
    case 'toAccount':
    case 'account':
      return accountOf(text) !== null;
    case 'reference':
      return /^\d{1,7}(?!\d)/.test(text);
    case 'fromName':
    case 'toName':
    case 'name':
    case 'fromBank':
    case 'toBank':
    case 'bank':
      return nameOf(text) !== null;
    case 'skip':
      return true;
  }
}

type Side = 'from' | 'to' | null;

function factsOf(lines: string[], today: string): Fact[] {
  const forward = readsForward(lines, today);
  const facts: Fact[] = [];
  const taken = new Set<number>();
  let side: Side = null;
  lines.forEach((line, at) => {
    if (taken.has(at)) return;
    const tail = labelAtStart(line) ? null : labelAtEnd(line);
    const head = labelAtStart(line);
    if (tail && isStrict(tail.field) && fits(tail.field, line.slice(0, tail.start).trim(), today)) {
      facts.push({ field: tail.field, label: tail.label, raw: line.slice(0, tail.start).trim() });
      return;
    }
    if (!head) return;
    const rest = line.slice(head.end);
    const field = sided(head.field, side);
    if (bareValue(rest) !== '' && !/^[\s:.]*$/.test(rest)) {
      const isOne =
        PARTED.test(rest) || isStrict(field) ? fits(field, bareValue(rest), today) : looksNamed(rest);
      if (!isOne && !(field === 'skip')) return;
      facts.push({ field, label: head.label, raw: joinedKey(field, bareValue(rest), lines[at + 1]) });
      taken.add(at);
      return;
    }
    taken.add(at);
    const value = valueBeside(lines, at, { field, forward, taken, today });
    if (value !== null) {
      facts.push({ field, label: head.label, raw: joinedKey(field, lines[value] ?? '', lines[value + 1]) });
      taken.add(value);
    } else if (head.field === 'fromName' || head.field === 'fromAccount') side = 'from';
    else if (head.field === 'toName' || head.field === 'toAccount') side = 'to';
  });
  const inOrder = [...facts, ...lines.flatMap((line, at) => (taken.has(at) ? [] : bareFacts(line, today)))];
  return facts.length > 0 ? inOrder : lines.flatMap((line) => bareFacts(line, today));
}

/** Of a name, a bank or an account alone, whose it is: of the heading that it stands under. */
function sided(field: Field, side: Side): Field {
  if (field === 'name') return side === 'from' ? 'fromName' : side === 'to' ? 'toName' : 'name';
  if (field === 'bank') return side === 'from' ? 'fromBank' : 'toBank';
  if (field === 'account') return side === 'from' ? 'fromAccount' : 'toAccount';
  return field;
}

type Beside = { field: Field; forward: boolean; taken: Set<number>; today: string };

/** The line that has the value of a label that stands alone: in the text's own direction, or, where that can't be, the other. */
function valueBeside(lines: string[], at: number, { field, forward, taken, today }: Beside): number | null {
  const isValue = (index: number) => {
    const line = lines[index];
    return line !== undefined && !taken.has(index) && !labelAtStart(line) && fits(field, line, today);
  };
  const ways = forward ? [at + 1, at - 1] : [at - 1, at + 1];
  const [first = at, second = at] = ways;
  if (isValue(first)) return first;
  return isStrict(field) && isValue(second) ? second : null;
}

/** Whether labels stand before their values: by those whose value can be told by its look. */
function readsForward(lines: string[], today: string): boolean {
  let balance = 0;
  lines.forEach((line, at) => {
    const head = labelAtStart(line);
    if (!head || !isStrict(head.field) || bareValue(line.slice(head.end)) !== '') return;
    const can = (other: string | undefined) =>
      other !== undefined && !labelAtStart(other) && fits(head.field, other, today);
    balance += Number(can(lines[at + 1])) - Number(can(lines[at - 1]));
  });
  return balance >= 0;
}

/** A clave de rastreo of the date's form that a line was too short for. */
function joinedKey(field: Field, raw: string, next: string | undefined): string {
  const isBroken = field === 'key' && next !== undefined && /^20\d{6,}$/.test(raw) && /^\d+$/.test(next);
  return isBroken && raw.length + next.length === 30 ? raw + next : raw;
}

/** What speaks for itself in a line without a label. */
function bareFacts(line: string, today: string): Fact[] {
  const fact = (field: Fact['field'], raw: string): Fact => ({ field, label: '', raw });
  const clabes = clabesIn(line);
  const rest = line.replace(/(?<![\p{L}\p{N}])\d(?:[ -]?\d){17}(?![\p{L}\p{N}])/gu, ' ');
  const tokens = rest.split(/[\s,;:()"'«»“”]+/u);
  const ids = tokens.filter((token) => isUuid(token) || /^tr_\w{4,}$/.test(token));
  const keys = tokens.filter((token) => !ids.includes(token) && bareKeyOf(token));
  const [amount] = rest.match(BARE_AMOUNT) ?? [];
  const day = dayIn(rest, today);
  return [
    ...ids.map((id) => fact('id', id)),
    ...keys.map((key) => fact('key', key)),
    ...clabes.map((clabe) => fact('clabe', clabe)),
    ...(amount ? [fact('amount', amount)] : []),
    ...(day ? [fact('day', day)] : []),
  ];
}

/** What a payment has once: said again under the same label, it is the next one's. */
const ONCE: readonly Fact['field'][] = ['key', 'amount', 'day', 'toName', 'toAccount', 'id'];

function split(facts: Fact[]): Fact[][] {
  const payments: Fact[][] = [[]];
  const labelled = facts.some(({ label }) => label !== '');
  for (const fact of facts) {
    const now = payments.at(-1) ?? [];
    const isAgain = ONCE.includes(fact.field) && now.some((other) => isRepeat(other, fact));
    // Beside labels, what has none only fills in.
    if (isAgain && !(labelled && fact.label === '')) payments.push([fact]);
    else now.push(fact);
  }
  return payments;
}

const isRepeat = (one: Fact, other: Fact) => one.field === other.field && one.label === other.label;

function foldFacts(facts: Fact[], today: string): Sought {
  const sought: Sought = { ...NOTHING, clabes: [], ends: [], names: [] };
  const add = (list: string[], text: string, first: boolean) => {
    if (list.includes(text)) return;
    if (first) list.unshift(text);
    else list.push(text);
  };
  for (const { field, raw } of facts) {
    if (field === 'id') sought.id ??= raw.toLowerCase().startsWith('tr_') ? raw : raw.toLowerCase();
    else if (field === 'clabe') add(sought.clabes, raw, false);
    else if (field === 'key') sought.key ??= keyOf(raw);
    else if (field === 'amount') sought.amount ??= amountOf(raw);
    else if (field === 'day') sought.day ??= dayOf(raw, today);
    else if (field === 'reference') sought.reference ??= /^\d{1,7}/.exec(raw)?.[0] ?? null;
    else if (field === 'fromBank') sought.fromBank ??= nameOf(raw);
    else if (field === 'toBank') sought.toBank ??= nameOf(raw);
    else if (field === 'fromAccount' || field === 'toAccount') {
      const account = accountOf(raw);
      if (account && 'clabe' in account) add(sought.clabes, account.clabe, field === 'toAccount');
      else if (account) add(sought.ends, account.end, field === 'toAccount');
    } else if (field === 'fromName' || field === 'toName' || field === 'name') {
      const name = nameOf(raw);
      if (name) add(sought.names, name, field === 'toName');
    }
  }
  const total = facts.find(({ field }) => field === 'total');
  if (total) sought.amount ??= amountOf(total.raw);
  return sought;
}

function isSomething({ key, clabes, amount, day, names, id, ends, reference }: Sought): boolean {
  return (
    [key, amount, day, id, reference].some((each) => each !== null) || [clabes, names, ends].flat().length > 0
  );
}

/** Nothing but words or one number: a name, the end of a clave de rastreo, an amount without decimals. */
function wordsAlone(lines: string[]): Sought[] {
  const [line = '', ...others] = lines;
  if (others.length > 0 || line.length > 120) return [];
  const [key, amount, name] = [keyOf(line.replace(/\s/g, '')), amountOf(line), nameOf(line)];
  if (name) return [{ ...NOTHING, names: [name] }];
  if (/^\d{1,4}$/.test(line) && amount !== null) return [{ ...NOTHING, amount }];
  if (key) return [{ ...NOTHING, key, reference: /^\d{1,7}$/.test(key) ? key : null }];
  return amount === null ? [] : [{ ...NOTHING, amount }];
}
