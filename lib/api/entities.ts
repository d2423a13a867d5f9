import { z } from 'zod';
import { Customer } from '~/lib/api/customer-shape';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  BY_TIME,
  byRailId,
  expandable,
  idOf,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  time,
  timeText,
} from '~/lib/api/shapes';
import { listEntities } from '~/lib/entities/list';
import { openEntityOf } from '~/lib/entities/opening';
import { getEntityPage } from '~/lib/entities/read';
import { noteKeyList, noteKeyRead } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import type { Shown } from '~/lib/people/sight';
import type { Entity as Row } from '~/prisma/generated/client';

const tag = 'Entities';

const Entity = z
  .strictObject({
    id: z.string(),
    object: z.literal('entity'),
    holder_name: z.string(),
    holder_id: z.string(),
    country_code: z.string().nullable(),
    is_root: z.boolean(),
    status: z.string().nullable(),
    customer_id: idText('customer').nullable(),
    onboarding: z.strictObject({ id: z.string(), status: z.string() }).nullable(),
    created_at: timeText,
    customer: Customer.nullable().optional(),
  })
  .meta({ id: 'Entity', description: 'The legal holder on a rail, and where its newest KYB stands.' });

function showEntity(
  row: Shown<'entity', Row> & { onboardings: { id: string; status: string }[] },
): z.input<typeof Entity> {
  const [newest] = row.onboardings;
  return {
    id: row.id,
    object: 'entity',
    holder_name: row.holderName,
    holder_id: textOf(row.holderId),
    country_code: row.countryCode,
    is_root: row.isRoot,
    status: row.status,
    customer_id: row.customerId && publicId('customer', row.customerId),
    onboarding: newest ? { id: newest.id, status: newest.status } : null,
    created_at: time(row.createdAt),
  };
}

const list = operation({
  id: 'listEntities',
  method: 'GET',
  path: '/entities',
  tag,
  summary: 'The newest here first.',
  scope: 'entities:read',
  params: NONE,
  query: z.strictObject({ ...expandable('customer'), ...paging(BY_TIME.word) }),
  body: null,
  status: 200,
  answer: listOf(Entity).meta({ id: 'EntityList' }),
  async run({ actor, query: { limit, cursor } }) {
    const page = await listEntities(actor, { cursor }, limit);
    await noteKeyList(
      actor,
      'entities',
      page.items.flatMap(({ customerId }) => customerId ?? []),
    );
    return pageOf(page, showEntity);
  },
});

const get = operation({
  id: 'getEntity',
  method: 'GET',
  path: '/entities/{id}',
  tag,
  summary: 'One entity.',
  scope: 'entities:read',
  params: byRailId,
  query: z.strictObject(expandable('customer')),
  body: null,
  status: 200,
  answer: Entity,
  async run({ actor, params }) {
    const entity = await getEntityPage(actor, params.id);
    if (entity.customerId) await noteKeyRead(actor, entity.customerId);
    return showEntity(entity);
  },
});

const create = operation({
  id: 'createEntity',
  method: 'POST',
  path: '/entities',
  tag,
  summary: 'The entity that stands for a customer, or a new one. What opens under it waits for its KYB.',
  scope: 'entities:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({ customer_id: idOf('customer') }),
  status: 201,
  answer: Entity,
  async run({ actor, body: { customer_id: customerId } }) {
    const { id } = await openEntityOf(actor, { customerId });
    return showEntity(await getEntityPage(actor, id));
  },
});

export const entities = { create, list, get };
