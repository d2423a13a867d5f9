import { z } from 'zod';
import { authorize } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { fileAnswer, operation } from '~/lib/api/operation';
import {
  anyOf,
  asset,
  BY_TIME,
  byId,
  idOf,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { InvalidInputError } from '~/lib/errors';
import { askStatement } from '~/lib/statements/ask';
import { takeStatement } from '~/lib/statements/file';
import { FILE_TYPES, STATEMENT_FAILURES, STATEMENT_LOCALES } from '~/lib/statements/kinds';
import {
  getStatement,
  listStatements,
  STATEMENT_FORMATS,
  STATEMENT_SCOPES,
  STATEMENT_STATES,
  type StatementRow,
} from '~/lib/statements/read';

const tag = 'Statements';
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'day_format');
const dayText = z.iso.date();

const Statement = z
  .strictObject({
    id: idText('statement'),
    object: z.literal('statement'),
    scope: z.enum(STATEMENT_SCOPES),
    wallet_id: idText('wallet').nullable(),
    customer_id: idText('customer').nullable(),
    portfolio_id: idText('portfolio').nullable(),
    asset: z.string().nullable(),
    from: dayText.meta({ description: 'The first day, in `time_zone`.' }),
    to: dayText.meta({ description: 'The last day, included.' }),
    time_zone: z.string(),
    format: z.enum(STATEMENT_FORMATS),
    language: z.enum(STATEMENT_LOCALES),
    status: z.enum(STATEMENT_STATES),
    failure: z.enum(STATEMENT_FAILURES).nullable(),
    files: z.int().nullable().meta({ description: 'How many it consists of, once that is known.' }),
    files_done: z.int(),
    lines: z.int(),
    file_name: z.string().nullable().meta({ description: 'A ZIP where it consists of several files.' }),
    size: z.int().nullable().meta({ description: 'In bytes.' }),
    sha256: z.string().nullable(),
    created_at: timeText,
    ended_at: timeText.nullable(),
    expires_at: timeText.nullable().meta({ description: 'When its file is deleted.' }),
  })
  .meta({ id: 'Statement', description: 'What wallets had, and what came and went in a time, as a file.' });

function showStatement(row: StatementRow): z.input<typeof Statement> {
  const { walletId, customerId, portfolioId, sha256, failure, bytes } = row;
  const dayOf = (date: Date) => date.toISOString().slice(0, 10);
  return {
    id: publicId('statement', row.id),
    object: 'statement',
    scope: row.scope,
    wallet_id: walletId && publicId('wallet', walletId),
    customer_id: customerId && publicId('customer', customerId),
    portfolio_id: portfolioId && publicId('portfolio', portfolioId),
    asset: row.asset,
    from: dayOf(row.fromDay),
    to: dayOf(row.toDay),
    time_zone: row.timeZone,
    format: row.format,
    language: STATEMENT_LOCALES.find((each) => each === row.locale) ?? 'en',
    status: row.state,
    failure: STATEMENT_FAILURES.find((each) => each === failure) ?? null,
    files: row.files,
    files_done: row.done,
    lines: Number(row.lines),
    file_name: row.fileName,
    size: bytes === null ? null : Number(bytes),
    sha256: sha256 && Buffer.from(sha256).toString('hex'),
    created_at: time(row.createdAt),
    ended_at: timeOrNull(row.endedAt),
    expires_at: timeOrNull(row.expiresAt),
  };
}

const create = operation({
  id: 'createStatement',
  method: 'POST',
  path: '/statements',
  tag,
  summary:
    'Asks for the statement of a wallet, or those of a customer, a portfolio, or every wallet with movement. Poll it until it is ready.',
  scope: 'statements:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    wallet_id: idOf('wallet').optional(),
    customer_id: idOf('customer').optional(),
    portfolio_id: idOf('portfolio').optional(),
    asset: asset.optional(),
    from: day,
    to: day,
    time_zone: z.string().max(64).default('America/Mexico_City'),
    format: z.enum(STATEMENT_FORMATS).default('pdf'),
    language: z.enum(STATEMENT_LOCALES).default('es-MX'),
  }),
  status: 201,
  answer: Statement,
  async run({ actor, body, requestId }) {
    authorize(actor, 'lists:export');
    const { wallet_id, customer_id, portfolio_id, time_zone: timeZone, language: locale, ...rest } = body;
    const whose = whoseOf({ wallet: wallet_id, customer: customer_id, portfolio: portfolio_id });
    const { id } = await askStatement(actor, { ...rest, ...whose, timeZone, locale, requestId });
    return showStatement(await getStatement(actor, id));
  },
});

/** Of one, or of everybody. */
function whoseOf(given: Record<'wallet' | 'customer' | 'portfolio', string | undefined>) {
  const [one, another] = (['wallet', 'customer', 'portfolio'] as const).filter((scope) => given[scope]);
  if (another) throw new InvalidInputError({ [`${another}Id`]: 'one_alone' });
  return one ? { scope: one, scopeId: given[one] } : { scope: 'all' as const };
}

const list = operation({
  id: 'listStatements',
  method: 'GET',
  path: '/statements',
  tag,
  summary: 'The newest first.',
  scope: 'statements:read',
  params: NONE,
  query: z.strictObject({
    wallet_id: idOf('wallet').optional(),
    customer_id: idOf('customer').optional(),
    portfolio_id: idOf('portfolio').optional(),
    status: anyOf(z.enum(STATEMENT_STATES)),
    format: anyOf(z.enum(STATEMENT_FORMATS)),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Statement).meta({ id: 'StatementList' }),
  async run({ actor, query }) {
    const { wallet_id, customer_id, portfolio_id, status, limit, ...rest } = query;
    const filter = {
      ...rest,
      walletId: wallet_id,
      customerId: customer_id,
      portfolioId: portfolio_id,
      state: status,
    };
    return pageOf(await listStatements(actor, filter, limit), showStatement);
  },
});

const get = operation({
  id: 'getStatement',
  method: 'GET',
  path: '/statements/{id}',
  tag,
  summary: 'One statement, and how far it is.',
  scope: 'statements:read',
  params: byId('statement'),
  query: NONE,
  body: null,
  status: 200,
  answer: Statement,
  run: async ({ actor, params }) => showStatement(await getStatement(actor, params.id)),
});

const content = operation({
  id: 'downloadStatement',
  method: 'GET',
  path: '/statements/{id}/content',
  tag,
  summary:
    'Its file, until it expires. One that shows personal data takes a key that may read it (`wallets:read`).',
  scope: 'statements:read',
  params: byId('statement'),
  query: NONE,
  body: null,
  status: 200,
  answer: fileAnswer,
  media: Object.values(FILE_TYPES),
  run: ({ actor, params }) => takeStatement(actor, { id: params.id }),
});

export const statements = { create, list, get, content };
