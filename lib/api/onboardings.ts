import { z } from 'zod';
import { authorize } from '~/lib/actor';
import { operation } from '~/lib/api/operation';
import { byRailId, NONE, text, time, timeOrNull, timeText } from '~/lib/api/shapes';
import { startOnboarding, submitOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { documentSlots } from '~/lib/entities/kyb';
import { RESOURCE_ORIGINS } from '~/lib/entities/kyb-choices';
import { DOCUMENT_MAX_BYTES, DOCUMENT_TYPES } from '~/lib/entities/kyb-document';
import { readOnboarding } from '~/lib/entities/kyb-form';
import { type Answers, MAX_ROWS, SHAREHOLDER_TYPES } from '~/lib/entities/kyb-parts';
import { uploadPath } from '~/lib/entities/kyb-slots';
import { getEntityPage, getOnboardingRecord } from '~/lib/entities/read';
import { InvalidInputError, notFound } from '~/lib/errors';
import type { Reader, Shown } from '~/lib/people/sight';
import type { Onboarding as Row } from '~/prisma/generated/client';

const tag = 'Entities';

export const Onboarding = z
  .strictObject({
    id: z.string(),
    object: z.literal('onboarding'),
    entity_id: z.string(),
    status: z.string().meta({ description: '`approved` is what a wallet waits for.' }),
    is_submittable: z.boolean().meta({ description: 'Whether all its documents are there.' }),
    documents: z
      .array(
        z.strictObject({
          slot: z.string().meta({ description: 'Where it goes: the `slot` of `POST …/documents`.' }),
          document: z.string().meta({ description: 'Which one, as the rail calls it.' }),
          person: z.string().nullable().meta({ description: 'Whose; null for the company’s.' }),
          status: z.enum(['missing', 'received', 'refused']),
          reason: z.string().nullable().meta({ description: 'Why it was refused, where the rail says so.' }),
        }),
      )
      .meta({ description: 'All that it takes.' }),
    submitted_at: timeText.nullable(),
    reviewed_at: timeText.nullable(),
    created_at: timeText,
  })
  .meta({ id: 'Onboarding', description: 'The KYB of an entity, as the rail has it.' });

function showOnboarding(row: Shown<'onboarding', Row>): z.input<typeof Onboarding> {
  return {
    id: row.id,
    object: 'onboarding',
    entity_id: row.entityId,
    status: row.status,
    is_submittable: row.submittable,
    documents: documentSlots(row.raw).map(({ key, person, state, reason, target }) => ({
      ...{ slot: uploadPath(target), document: key, person, status: state, reason },
    })),
    submitted_at: timeOrNull(row.submittedAt),
    reviewed_at: timeOrNull(row.reviewedAt),
    created_at: time(row.createdAt),
  };
}

const shown = async (reader: Reader, id: string) => showOnboarding(await getOnboardingRecord(reader, id));

const day = z.string().max(10).meta({ format: 'date' });
const range = text(40).meta({ description: 'As the rail writes it: `1_500000`.' });

/** What the console's form asks for (lib/entities/kyb-form), which checks the rest. */
const data = {
  company_information: z.strictObject({
    incorporation_date: day,
    business_activity: text(200),
    fiscal_address: text(300),
    business_address: text(300).optional().meta({ description: 'Where it is another.' }),
    settlement_account: text(18).meta({ description: 'A CLABE of the company’s.' }),
    phone: text(30),
  }),
  legal_representatives: z
    .array(
      z.strictObject({
        first_name: text(100),
        last_name: text(100),
        email: text(254),
        nationality: text(2),
        identification_number: text(40).meta({ description: 'RFC or CURP.' }),
        position: text(100),
      }),
    )
    .min(1)
    .max(MAX_ROWS),
  transactional_profile: z.strictObject({
    resource_origins: z.array(text(60)).min(1).max(20),
    monthly_amount_range: range,
    monthly_operations_range: range,
  }),
  shareholders: z
    .array(
      z.strictObject({
        type: z.enum(SHAREHOLDER_TYPES),
        name: text(200),
        last_name: text(100).optional(),
        holder_id: text(40).optional(),
        nationality: text(2),
        percentage: z
          .string()
          .regex(/^\d{1,3}(\.\d{1,2})?$/)
          .meta({ description: 'As text: `33.33`.' }),
      }),
    )
    .min(1)
    .max(MAX_ROWS),
};
const body = z.strictObject(data);

/** The answers as the console's form has them, flat. */
function answersOf(given: z.output<typeof body>): Answers {
  const { company_information: company, transactional_profile: profile, ...lists } = given;
  const { resource_origins: origins, ...ranges } = profile;
  const known = origins.filter((origin) => RESOURCE_ORIGINS.some((one) => one === origin));
  const answers: Record<string, string | undefined> = {
    ...under('company_information', company),
    ...(company.business_address === undefined && { 'company_information.same_address': 'on' }),
    ...under('transactional_profile', ranges),
    ...under('transactional_profile.resource_origins', Object.fromEntries(known.map((one) => [one, 'on']))),
    'transactional_profile.resource_origins.other': origins.filter((one) => !known.includes(one)).join(','),
  };
  for (const [list, rows] of Object.entries(lists))
    for (const [nth, row] of rows.entries()) Object.assign(answers, under(`${list}.${nth}`, row));
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const under = (prefix: string, fields: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]));

const create = operation({
  id: 'createOnboarding',
  method: 'POST',
  path: '/entities/{id}/onboardings',
  tag,
  summary: 'Starts the KYB of an entity. Its documents are handed in before it is submitted.',
  scope: 'entities:write',
  params: byRailId,
  query: NONE,
  body,
  status: 201,
  answer: Onboarding,
  async run({ actor, params: { id: entityId }, body: given, requestId }) {
    const read = readOnboarding(answersOf(given));
    if (!read.ok) throw new InvalidInputError(read.issues);
    await startOnboarding(actor, { entityId, data: read.data, requestId });
    const [newest] = (await getEntityPage(actor, entityId)).onboardings;
    if (!newest) throw notFound('onboarding', entityId);
    return showOnboarding(newest);
  },
});

const get = operation({
  id: 'getOnboarding',
  method: 'GET',
  path: '/onboardings/{id}',
  tag,
  summary: 'One onboarding.',
  scope: 'entities:read',
  params: byRailId,
  query: NONE,
  body: null,
  status: 200,
  answer: Onboarding,
  run: ({ actor, params }) => shown(actor, params.id),
});

const hand = operation({
  id: 'uploadOnboardingDocument',
  method: 'POST',
  path: '/onboardings/{id}/documents',
  tag,
  summary:
    'Hands in one document: the file itself is the body. What it is, is looked at in it. Another one in the same slot takes its place.',
  scope: 'entities:write',
  params: byRailId,
  query: z.strictObject({
    slot: text(500).meta({ description: 'One of the onboarding’s `documents`.' }),
    file_name: text(120).optional(),
  }),
  body: null,
  upload: { types: DOCUMENT_TYPES, mostBytes: DOCUMENT_MAX_BYTES },
  status: 200,
  answer: Onboarding,
  async run({ actor, params: { id: onboardingId }, query, body, requestId }) {
    authorize(actor, 'kyb:write');
    const { raw } = await getOnboardingRecord(actor, onboardingId);
    const slot = documentSlots(raw).find(({ target }) => uploadPath(target) === query.slot);
    if (!slot) throw new InvalidInputError({ slot: 'slot_unknown' });
    const file = new File([body], query.file_name ?? slot.key, { type: body.type });
    const { target } = slot;
    await uploadOnboardingDocument(actor, { onboardingId, target, file, requestId });
    return shown(actor, onboardingId);
  },
});

const submit = operation({
  id: 'submitOnboarding',
  method: 'POST',
  path: '/onboardings/{id}/submit',
  tag,
  summary: 'Hands it to the rail for review, once all its documents are there.',
  scope: 'entities:write',
  params: byRailId,
  query: NONE,
  body: NONE,
  status: 200,
  answer: Onboarding,
  async run({ actor, params: { id } }) {
    await submitOnboarding(actor, { onboardingId: id });
    return shown(actor, id);
  },
});

export const onboardings = { create, get, hand, submit };
