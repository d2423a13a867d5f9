import { z } from 'zod';
import { Customer } from '~/lib/api/customer-shape';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amountText,
  byId,
  expandable,
  idOf,
  idText,
  listOf,
  NONE,
  pageOf,
  text,
  time,
  timeText,
} from '~/lib/api/shapes';
import { showStanding, wholeStanding } from '~/lib/api/standing-shape';
import { getCustomer, getCustomerRow } from '~/lib/people/customers';
import { createPortfolio } from '~/lib/people/portfolios';
import { type CapStanding, capStandings } from '~/lib/terms/caps';
import { getPortfolio, renamePortfolio } from '~/lib/wallets/portfolios';
import { type Standing, standingOf, standingsOf } from '~/lib/wallets/standing';
import type { Portfolio as Row } from '~/prisma/generated/client';

const tag = 'Portfolios';

/** Of all its wallets together, in one asset. */
const Limit = z
  .strictObject({
    asset: z.string(),
    kind: z.enum(['day_out', 'balance']),
    amount: amountText,
    used: amountText,
  })
  .meta({
    id: 'PortfolioLimit',
    description:
      'What all its wallets may pay out together within a day of the rail, or hold, and what is used of it.',
  });

const Portfolio = z
  .strictObject({
    id: idText('portfolio'),
    object: z.literal('portfolio'),
    customer_id: idText('customer'),
    name: z.string(),
    ...wholeStanding,
    limits: z.array(Limit),
    created_at: timeText,
    customer: Customer.optional(),
  })
  .meta({ id: 'Portfolio', description: 'A named group of one customer’s wallets.' });

const showLimit = ({ asset, direction, ceiling, used }: CapStanding): z.input<typeof Limit> => ({
  asset,
  kind: direction === 'outbound' ? 'day_out' : 'balance',
  amount: ceiling.toString(),
  used: used.toString(),
});

function showPortfolio(
  row: Row,
  standing: Standing,
  limits: readonly CapStanding[] = [],
): z.input<typeof Portfolio> {
  return {
    id: publicId('portfolio', row.id),
    object: 'portfolio',
    customer_id: publicId('customer', row.customerId),
    name: row.name,
    ...showStanding(standing),
    limits: limits.map(showLimit),
    created_at: time(row.createdAt),
  };
}

const showOne = async (row: Row) =>
  showPortfolio(
    row,
    await standingOf({ subject: 'portfolio', id: row.id }),
    (await capStandings([row.id])).get(row.id),
  );

const create = operation({
  id: 'createPortfolio',
  method: 'POST',
  path: '/portfolios',
  tag,
  summary: 'Names a group of a customer’s wallets; a name that stands already is that group.',
  scope: 'customers:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({ customer_id: idOf('customer'), name: text(60) }),
  status: 201,
  answer: Portfolio,
  async run({ actor, body: { customer_id: customerId, name } }) {
    await getCustomerRow(actor, customerId);
    return showOne(await createPortfolio(actor, { customerId, name }));
  },
});

const list = operation({
  id: 'listPortfolios',
  method: 'GET',
  path: '/portfolios',
  tag,
  summary: 'Those of one customer, by name. One page.',
  scope: 'customers:read',
  params: NONE,
  query: z.strictObject({ customer_id: idOf('customer'), ...expandable('customer') }),
  body: null,
  status: 200,
  answer: listOf(Portfolio).meta({ id: 'PortfolioList' }),
  async run({ actor, query }) {
    const { portfolios: items } = await getCustomer(actor, query.customer_id);
    const ids = items.map(({ id }) => id);
    const [standings, caps] = await Promise.all([standingsOf('portfolio', ids), capStandings(ids)]);
    return pageOf({ items, nextCursor: null }, (row) =>
      showPortfolio(row, standings(row.id), caps.get(row.id)),
    );
  },
});

const get = operation({
  id: 'getPortfolio',
  method: 'GET',
  path: '/portfolios/{id}',
  tag,
  summary: 'One portfolio.',
  scope: 'customers:read',
  params: byId('portfolio'),
  query: z.strictObject(expandable('customer')),
  body: null,
  status: 200,
  answer: Portfolio,
  run: async ({ params }) => showOne(await getPortfolio(params.id)),
});

const update = operation({
  id: 'updatePortfolio',
  method: 'PATCH',
  path: '/portfolios/{id}',
  tag,
  summary: 'Another name.',
  scope: 'customers:write',
  params: byId('portfolio'),
  query: NONE,
  body: z.strictObject({ name: text(60) }),
  status: 200,
  answer: Portfolio,
  async run({ actor, params, body }) {
    return showOne(await renamePortfolio(actor, { portfolioId: params.id, name: body.name }));
  },
});

export const portfolios = { create, list, get, update };
