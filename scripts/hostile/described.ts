import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { OPERATIONS } from '~/lib/api/operations';
import { type Generated, requests } from '~/lib/testing/requests';
import type { Dice } from '../chaos/dice.ts';

const MANY = 1_500;
/** What looks right and is nobody’s, so that nothing moves. */
const NOBODY = {
  ids: { wal: ['wal_01h455vb4pex5vsknk084sn02q'], cus: ['cus_01h455vb4pex5vsknk084sn02q'] },
  names: {
    ...{ destination: ['012180012345678909'], amount: ['1', '10000', '9007199254740991'], asset: ['MXN'] },
    ...{ email: ['ana@correo.mx'], phone: ['5512345678'], url: ['https://example.com/hook'], cursor: [] },
    ...{ tax_id: ['MUAD800101AB1'], event_types: ['*'] },
  },
};

const pool = new Map<string, Generated[]>();

/** A request of a verb by the description of the API: as it says, or with one thing in it made wrong. */
export function described(method: string, path: string, key: string, dice: Dice) {
  if (pool.size === 0)
    for (const one of fc.sample(requests(NOBODY), { numRuns: MANY, seed: 1 }))
      pool.set(one.id, [...(pool.get(one.id) ?? []), one]);
  const operation = OPERATIONS.find((each) => each.method === method && inBrackets(each.path) === path);
  const known = operation && pool.get(operation.id);
  if (!known || known.length === 0) return null;
  const { params, query, body } = dice.pick(known);
  const address = path.replace(/\[(\w+)\]/g, (_all, name: string) =>
    encodeURIComponent(whole(params[name] ?? 'x')),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, each]) => [each].flat().map((text) => [whole(name), whole(text)])),
  );
  return {
    ...{ method, path: `${address}?${search}` },
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    ...(method !== 'GET' && { body: Buffer.from(JSON.stringify(body ?? {})) }),
  };
}

const inBrackets = (below: string) => `/api/v1${below.replace(/\{(\w+)\}/g, '[$1]')}`;
/** An address is in UTF-8, and no half of a character. */
const whole = (text: string) => Buffer.from(text.slice(0, 2_000), 'utf8').toString('utf8');
