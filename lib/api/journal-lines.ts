import { z } from 'zod';
import { journalOf, POLIZAS_PER, type PolizaLine } from '~/lib/accounting/polizas';
import { operation } from '~/lib/api/operation';
import { amountText, anyOf, asset, listOf, NONE, pageOf, text } from '~/lib/api/shapes';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'day_format');

const JournalLine = z
  .strictObject({
    id: z.string(),
    object: z.literal('journal_line'),
    entry: z
      .string()
      .meta({ description: 'The entry that it is a line of. Of one asset, its lines come to zero.' }),
    entry_type: z.enum(['income', 'expense', 'journal']),
    date: z.iso.date(),
    kind: z.string(),
    account: z.string().meta({ description: 'Of your own accounting, by the rules in Settings.' }),
    asset: z.string(),
    debit: amountText.nullable(),
    credit: amountText.nullable(),
    reference: z.string().meta({ description: 'What caused it, as the ledger says it.' }),
  })
  .meta({ id: 'JournalLine', description: 'One line of the journal, as programs of accounting take it in.' });

function showLine(line: PolizaLine): z.input<typeof JournalLine> {
  return {
    id: line.id,
    object: 'journal_line',
    entry: line.number,
    entry_type: line.type,
    date: line.day,
    kind: line.kind,
    account: line.account,
    asset: line.asset,
    debit: line.debit?.toString() ?? null,
    credit: line.credit?.toString() ?? null,
    reference: line.reference,
  };
}

const list = operation({
  id: 'listJournalLines',
  method: 'GET',
  path: '/journal-lines',
  tag: 'Accounting',
  summary:
    'The journal of these days, both included, in the order booked. Whole entries come together: a page has all lines of `limit` transactions, or of a day. A month that is over never changes. What has no account is refused whole.',
  scope: 'accounting:read',
  params: NONE,
  query: z.strictObject({
    from: day,
    to: day,
    time_zone: text(64).default('America/Mexico_City'),
    per: z.enum(POLIZAS_PER).default('day').meta({ description: 'What one entry holds.' }),
    asset: anyOf(asset),
    limit: z
      .string()
      .regex(/^([1-9]\d?|100)$/, 'limit_range')
      .default('50')
      .transform(Number)
      .meta({ override: { type: 'integer', minimum: 1, maximum: 100, default: 50 } }),
    cursor: z
      .string()
      .regex(/^(\d{4}-\d{2}-\d{2}|\d{1,18}\.\d{1,18})$/, 'cursor_format')
      .optional()
      .meta({ description: 'What the page before gave as next_cursor.' }),
  }),
  body: null,
  status: 200,
  answer: listOf(JournalLine).meta({ id: 'JournalLineList' }),
  refuses: [409, 422],
  async run({ actor, query: { time_zone: timeZone, limit, asset: assets, ...rest } }) {
    return pageOf(await journalOf(actor, { ...rest, timeZone, assets }, limit), showLine);
  },
});

export const journalLines = { list };
