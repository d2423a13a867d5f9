import { randomUUID } from 'node:crypto';
import type { Dice } from '../chaos/dice.ts';
import { described } from './described.ts';
import { broken, encoded, segment, value, word } from './poison.ts';
import type { Target } from './targets.ts';

export type Hostile = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
};
/** Who asks: signed in as an admin, and with a key that may everything. */
export type Caller = { cookie: string; key: string; origin: string };

const NAMES = [
  'q',
  'path',
  'cursor',
  'trail',
  'status',
  'from',
  'to',
  'amount',
  'id',
  'sort',
  'topic',
  'format',
];
const KEYS = [
  '$json',
  '__proto__',
  'constructor',
  'requestId',
  'toString',
  '$ACTION_ID_x',
  '\0',
  'file',
  'reason',
];

/** One bad request to a target. */
export function request(target: Target, caller: Caller, dice: Dice): Hostile {
  const path = target.path.replace(/\[[^\]]+\]/g, () => segment(dice));
  if (target.kind === 'verb') return verb(target, path, caller, dice);
  if (target.kind === 'action') return action(target.id, path, caller, dice);
  const headers = { cookie: caller.cookie, origin: caller.origin };
  const address = `${path}${query(dice, NAMES)}`;
  if (target.kind === 'page' || target.method === 'GET')
    return { method: 'GET', path: address, headers: { ...headers, ...oddHeaders(dice) } };
  const { type, body } = dice.chance(0.5) ? broken(dice) : form(dice, []);
  return {
    ...{ method: target.method, path: address, body },
    headers: { ...headers, ...(type && { 'content-type': type }) },
  };
}

function verb(target: Target & { kind: 'verb' }, path: string, { key }: Caller, dice: Dice): Hostile {
  const meant = dice.chance(0.5) ? described(target.method, target.path, key, dice) : null;
  if (meant) return meant;
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  const address = `${path}${query(dice, [...target.query, 'expand[]', 'cursor', 'limit'])}`;
  if (target.method === 'GET') return { method: 'GET', path: address, headers };
  const isBroken = dice.chance(0.3);
  const { type, body } = isBroken ? broken(dice) : json(target.body ?? [], dice);
  if (type) headers['content-type'] = type;
  if (dice.chance(0.9)) headers['idempotency-key'] = dice.chance(0.8) ? randomUUID() : printable(word(dice));
  return { method: target.method, path: address, headers, body };
}

function json(names: string[], dice: Dice): { type: string; body: Buffer } {
  const fields = names.filter(() => dice.chance(0.7)).map((name) => [name, value(dice)]);
  const odd = dice.chance(0.3) ? [[dice.pick(KEYS), value(dice)]] : [];
  return {
    type: 'application/json',
    body: Buffer.from(JSON.stringify(Object.fromEntries([...fields, ...odd]))),
  };
}

/** As React sends the state before and the form of an action, with what no form of ours holds; or nothing of the kind. */
function action(id: string, path: string, { cookie, origin }: Caller, dice: Dice): Hostile {
  const name = dice.chance(0.9)
    ? id
    : word(dice)
        .replace(/[^\x21-\x7e]/g, 'x')
        .slice(0, 80) || 'x';
  const { type, body } = dice.chance(0.25) ? broken(dice) : form(dice, [['0', root(dice)]]);
  return {
    ...{ method: 'POST', path, body },
    headers: { cookie, origin, 'next-action': name, ...(type && { 'content-type': type }) },
  };
}

function root(dice: Dice): string {
  return dice.pick([
    ...[
      '[{"status":"idle"},"$K1"]',
      '[{"status":"idle"},"$K1"]',
      '[{"status":"idle"},"$K1"]',
      '["$K1"]',
      '[]',
      '[',
    ],
    ...[
      '"$F1"',
      '["$F1"]',
      '["$Q1","$W1"]',
      '[{"status":"idle"},"$Knope"]',
      'null',
      '["$1:a:b"]',
      '["$D-271821"]',
    ],
    ...['["$n99999999999999999999"]', '["$nx"]', '["$B1"]', '["$@1"]', '["$undefined","$NaN"]'],
  ]);
}

/** A form of many parts, or of few that are strange. */
function form(dice: Dice, first: [string, string][]): { type: string; body: Buffer } {
  const boundary = `x${dice.int(1e6, 9e6)}`;
  const isFlood = dice.chance(0.03);
  const parts = Array.from({ length: isFlood ? 3_000 : dice.int(0, 6) }, (): [string, string] => {
    const name = isFlood
      ? 'a'
      : dice.pick([...KEYS, ...NAMES, 'walletId', 'email', 'name', 'password', 'asset']);
    const text = name === '$json' ? JSON.stringify(value(dice)) : word(dice);
    return [`${first.length > 0 ? '1_' : ''}${name}`, text.slice(0, 3_000)];
  });
  const body = [...first, ...parts]
    .map(
      ([name, text]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"\r\n\r\n${text}\r\n`,
    )
    .join('');
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${body}--${boundary}--\r\n`),
  };
}

function query(dice: Dice, names: readonly string[]): string {
  const pairs = Array.from({ length: dice.int(0, 4) }, () => {
    const name = dice.chance(0.8) ? dice.pick(names) : dice.pick(KEYS);
    return `${encoded(name)}=${dice.chance(0.9) ? encoded(word(dice)) : segment(dice)}`;
  });
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function oddHeaders(dice: Dice): Record<string, string> {
  if (dice.chance(0.7)) return {};
  return dice.pick<Record<string, string>>([
    { rsc: '1' },
    { rsc: '1', 'next-router-state-tree': printable(word(dice)) },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' },
    { accept: printable(word(dice)) },
    { 'accept-language': printable(word(dice)) },
    { 'user-agent': printable(word(dice)) },
    { range: 'bytes=0-18446744073709551615' },
    { 'if-none-match': printable(word(dice)) },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  ]);
}

/** What a header may hold. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 2_000);
