import { z } from 'zod';
import { type IdKind, publicId, publicNumber } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import type { Scope } from '~/lib/api/scopes';
import { idText, NONE, numberedId, numberText, paging, time, timeText } from '~/lib/api/shapes';
import { CATALOGUE, EVENT_TYPES } from '~/lib/outbox/catalogue';
import { type Cursor, type EventRow, getEvent, readEvents, START } from '~/lib/outbox/read';
import { SUBJECTS } from '~/lib/outbox/subjects';
import { isUuid } from '~/lib/uuid';
import { isToldOf, scopeOf } from '~/lib/webhooks/told';

const tag = 'Events';
const TOLD = EVENT_TYPES.filter((type) => CATALOGUE[type].told);

const Event = z
  .strictObject({
    id: numberText('event'),
    object: z.literal('event'),
    type: z.enum(TOLD),
    subject: z.strictObject({ object: z.string(), id: z.string() }),
    wallet_id: idText('wallet').nullable(),
    data: z.record(z.string(), z.unknown()).meta({
      description: 'Ids, states and amounts as they are now; `changed` names what else is another.',
    }),
    occurred_at: timeText,
  })
  .meta({
    id: 'Event',
    description: 'Something that happened. Of one subject in the order in which it happened.',
  });

/** What is posted to an endpoint: the event, and what it happened to. */
export const EventMessage = Event.extend({
  type: z.enum([...TOLD, 'webhook_endpoint.tested']),
  api_version: z.string(),
  timestamp: timeText,
  resource: z.record(z.string(), z.unknown()).nullable().meta({
    description:
      'What it happened to, as the API shows it when the message is first sent; `data` is of the moment itself. Null where the API shows no such thing: an account, a proof, a standstill. What happens to a portfolio or a beneficiary is told of their customer, and `data` names which.',
  }),
}).meta({ id: 'EventMessage', description: 'Signed by Standard Webhooks; comes at least once.' });

const EventList = z
  .strictObject({
    object: z.literal('list'),
    data: z.array(Event),
    has_more: z.boolean(),
    next_cursor: z.string().meta({ description: 'Always there: where to read on, now or later.' }),
  })
  .meta({ id: 'EventList' });

const SHOWN_AS: Record<string, { object: string; kind: IdKind | null }> = {
  customer: { object: 'customer', kind: 'customer' },
  wallet: { object: 'wallet', kind: 'wallet' },
  withdrawal: { object: 'withdrawal', kind: 'withdrawal' },
  withdrawal_batch: { object: 'withdrawal_batch', kind: 'withdrawal_batch' },
  adjustment: { object: 'balance_adjustment', kind: 'adjustment' },
  hold: { object: 'hold', kind: 'hold' },
  proof_break: { object: 'proof_break', kind: 'proof_break' },
  standstill: { object: 'standstill', kind: 'standstill' },
  transfer: { object: 'deposit', kind: null },
  balance: { object: 'balance', kind: 'wallet' },
  webhook_endpoint: { object: 'webhook_endpoint', kind: 'webhook_endpoint' },
  statement: { object: 'statement', kind: 'statement' },
  money_approval: { object: 'approval', kind: 'approval' },
};

/** Our ids in what is told, by their names; those of a rail stay as the rail gave them. */
export const IDS: Record<string, IdKind> = {
  beneficiaryId: 'beneficiary',
  exchangeId: 'exchange',
  walletId: 'wallet',
  fromWalletId: 'wallet',
  toWalletId: 'wallet',
  customerId: 'customer',
  portfolioId: 'portfolio',
  termsId: 'terms',
  withdrawalId: 'withdrawal',
  holdId: 'hold',
  breakId: 'proof_break',
};

export function showEvent(row: EventRow): z.input<typeof Event> {
  const { object, kind } = SHOWN_AS[row.subjectKind] ?? { object: row.subjectKind, kind: null };
  return {
    id: publicNumber('event', row.id),
    object: 'event',
    type: row.type as (typeof TOLD)[number],
    subject: { object, id: spelled(kind, row.subjectId) },
    wallet_id: row.walletId && publicId('wallet', row.walletId),
    data: dataOf(row.data),
    occurred_at: time(row.occurredAt),
  };
}

const spelled = (kind: IdKind | null, id: string) => (kind && isUuid(id) ? publicId(kind, id) : id);
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function dataOf(data: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([name, value]) => {
      if (name === 'changed' && Array.isArray(value)) return [name, value.map((each) => snake(String(each)))];
      return [snake(name), typeof value === 'string' ? spelled(IDS[name] ?? null, value) : value];
    }),
  );
}

/** Where a reader stands, as text; no more of it than `readEvents` needs. */
function encode({ read, settled, mark }: Cursor): string {
  const parts = [read, settled, ...(mark ? [mark.id, mark.xid] : [])];
  return Buffer.from(parts.join('.')).toString('base64url');
}

const PLACE = /^\d{1,18}\.\d{1,18}(\.\d{1,18}\.\d{1,18})?$/;

function decode(text: string): Cursor | null {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  if (!PLACE.test(plain)) return null;
  const [read = 0n, settled = 0n, id, xid] = plain.split('.').map(BigInt);
  return { read, settled, mark: id !== undefined && xid !== undefined ? { id, xid } : null };
}

const list = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/events',
  tag,
  summary:
    'All that happened to what the key’s scopes read, the oldest first. Keep next_cursor and ask again later: none is skipped, and none comes twice. A page may hold few or none.',
  scope: 'events:read',
  params: NONE,
  query: z.strictObject(paging({ read: decode })),
  body: null,
  status: 200,
  answer: EventList,
  async run({ scopes, query: { limit, cursor: from } }) {
    const { events, cursor } = await readEvents((from && decode(from)) || START, limit);
    return {
      object: 'list' as const,
      data: events.filter((event) => isTold(event, scopes)).map(showEvent),
      has_more: cursor.read < cursor.settled,
      next_cursor: encode(cursor),
    };
  },
});

function isTold({ type, subjectKind }: EventRow, scopes: readonly Scope[]): boolean {
  return TOLD.some((told) => told === type) && !hiddenFrom(scopes).includes(subjectKind);
}

/** What a key isn't told of: the house's own, and what it may not read. An endpoint with these scopes isn't either. */
function hiddenFrom(scopes: readonly Scope[]): string[] {
  return SUBJECTS.filter((subject) => !isToldOf(subject) || !scopes.includes(scopeOf(subject)));
}

const get = operation({
  id: 'getEvent',
  method: 'GET',
  path: '/events/{id}',
  tag,
  summary: 'One event.',
  scope: 'events:read',
  params: z.strictObject({ id: numberedId('event') }),
  query: NONE,
  body: null,
  status: 200,
  answer: Event,
  run: async ({ params, scopes }) => showEvent(await getEvent(params.id, TOLD, hiddenFrom(scopes))),
});

export const events = { list, get };
