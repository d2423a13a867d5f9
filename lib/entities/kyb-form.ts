import { z } from 'zod';
import { checkClabe } from '~/lib/clabe';
import { COUNTRIES } from '~/lib/countries';
import { OTHER, RESOURCE_ORIGINS, readCodes, readRange, writeRange } from '~/lib/entities/kyb-choices';
import {
  type Answers,
  answersTo,
  type Issues,
  isList,
  KYB_PARTS,
  type KybPart,
  MAX_ROWS,
  rowNumbers,
  SHAREHOLDER_TYPES,
} from '~/lib/entities/kyb-parts';
import { checkTaxId } from '~/lib/tax-id';
import { bareOf, lengthOf, lineOf } from '~/lib/text';

/** What each part of an onboarding asks for (`kyb-parts`), and the body that Fintoc takes. Schemas are no browser's. */
const text = z.string('required').transform(lineOf);
const required = (max: number) =>
  text.refine((value) => value !== '', 'required').refine((value) => lengthOf(value) <= max, 'too_long');
const country = text
  .transform((value) => value.toLowerCase())
  .refine((value) => COUNTRIES.includes(value), 'country_format');

const rfc = z
  .string('required')
  .transform((value, context) => taxId(value, 'rfc', (message) => context.addIssue(message)));
const rfcOrCurp = z
  .string('required')
  .transform((value, context) => taxId(value, 'any', (message) => context.addIssue(message)));

function taxId(value: string, wanted: 'rfc' | 'any', refuse: (message: string) => void): string {
  const check = checkTaxId('mx', value);
  if (!check.ok) refuse(`tax_id_${check.reason}`);
  else if (wanted === 'rfc' && check.kind !== 'rfc') refuse('tax_id_business_needs_rfc');
  return check.ok ? check.normalized : value;
}

const day = z
  .string('required')
  .refine((value) => z.iso.date().safeParse(value).success, 'date_format')
  .refine((value) => value <= new Date().toISOString().slice(0, 10), 'date_future');

const clabe = z.string('required').transform((value, context) => {
  const check = checkClabe(value);
  if (check.ok) return check.clabe;
  context.addIssue(`clabe_${check.reason}`);
  return value;
});

/** Fintoc takes numbers; two decimals of a percentage are exact enough to be told as one. */
const percentage = z.string('required').transform((value, context) => {
  const hundredths = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(lineOf(value));
  const number = hundredths ? Number(`${hundredths[1]}.${hundredths[2] ?? '0'}`) : Number.NaN;
  if (!(number > 0 && number <= 100)) context.addIssue('percentage_format');
  return number;
});

const company = z
  .object({
    incorporation_date: day,
    business_activity: required(200),
    fiscal_address: required(300),
    same_address: z.string().optional(),
    business_address: required(300).optional(),
    settlement_account: clabe,
    phone: z
      .string('required')
      .transform((value) => bareOf(value).replace(/[()]/g, ''))
      .refine((value) => /^\+?\d{10,15}$/.test(value), 'phone_format'),
  })
  .superRefine(({ same_address, business_address }, context) => {
    if (same_address !== 'on' && !business_address)
      context.addIssue({ code: 'custom', path: ['business_address'], message: 'required' });
  })
  .transform(({ same_address, business_address, fiscal_address, ...rest }) => {
    const second = same_address === 'on' ? fiscal_address : business_address;
    return { ...rest, fiscal_address, business_address: second };
  });

const representative = z.object({
  first_name: required(100),
  last_name: required(100),
  email: text.refine((value) => z.email().safeParse(value).success, 'email_format'),
  nationality: country,
  identification_number: rfcOrCurp,
  position: required(100),
});

/** The choices that are known and what was typed beside them become Fintoc's codes. */
const profile = z.record(z.string(), z.string()).transform((fields, context) => {
  const complain = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const others = readCodes(fields[`resource_origins.${OTHER}`] ?? '');
  const ticked = RESOURCE_ORIGINS.filter((origin) => fields[`resource_origins.${origin}`] === 'on');
  if (others === null) complain(`resource_origins.${OTHER}`, 'codes_format');
  else if (ticked.length + others.length === 0) complain('resource_origins', 'required');
  const rangeOf = (field: string) => {
    const chosen = fields[field];
    if (chosen !== undefined && chosen !== OTHER && readRange(chosen)) return chosen;
    const [from, to] = [fields[`${field}.from`], fields[`${field}.to`]];
    if (chosen === undefined) complain(field, 'required');
    else if (chosen !== OTHER) complain(field, 'range_format');
    else if (!from || !to) complain(`${field}.${from ? 'to' : 'from'}`, 'required');
    else if (writeRange(from, to) === null) complain(`${field}.from`, 'range_format');
    return writeRange(from ?? '', to ?? '') ?? '';
  };
  return {
    resource_origins: [...new Set([...ticked, ...(others ?? [])])],
    monthly_amount_range: rangeOf('monthly_amount_range'),
    monthly_operations_range: rangeOf('monthly_operations_range'),
  };
});

const shareholder = z
  .object({
    type: z.enum(SHAREHOLDER_TYPES, 'required'),
    name: required(200),
    last_name: text.refine((value) => lengthOf(value) <= 100, 'too_long').optional(),
    // Whoever isn't Mexican may have none.
    holder_id: rfc.optional(),
    nationality: country,
    percentage,
  })
  .superRefine(({ type, last_name }, context) => {
    if (type === 'natural_person' && !last_name)
      context.addIssue({ code: 'custom', path: ['last_name'], message: 'required' });
  })
  // A company has no surname, whatever was typed before its kind was chosen.
  .transform(({ last_name, ...rest }) =>
    rest.type === 'legal_entity' || !last_name ? rest : { ...rest, last_name },
  );

const rows = <Row extends z.ZodType>(row: Row) =>
  z.array(row).min(1, 'required').max(MAX_ROWS, 'too_many_rows');

const SCHEMAS = {
  company_information: company,
  legal_representatives: rows(representative),
  transactional_profile: profile,
  shareholders: rows(shareholder).superRefine((holders, context) => {
    const total = holders.reduce((sum, item) => sum + Math.round(item.percentage * 100), 0);
    if (total > 10_000) context.addIssue({ code: 'custom', path: [], message: 'percentage_total' });
  }),
} as const satisfies Record<KybPart, z.ZodType>;

type Read = { ok: true; data: unknown } | { ok: false; issues: Issues };

/** One part as Fintoc takes it, or what is wrong with it. Answers to other parts are left aside. */
export function readPart(part: KybPart, answers: Answers): Read {
  const own = answersTo(part, answers);
  const numbers = isList(part) ? rowNumbers(part, own) : [];
  const value = isList(part)
    ? numbers.map((number) => below(`${part}.${number}.`, own))
    : below(`${part}.`, own);
  const parsed = SCHEMAS[part].safeParse(value);
  if (parsed.success) return { ok: true, data: parsed.data };
  const issues: Issues = {};
  for (const { path, message } of parsed.error.issues) {
    const [first, ...rest] = path.map(String);
    const place = isList(part) && first !== undefined ? String(numbers[Number(first)]) : first;
    issues[[part, place, ...rest].filter((each) => each !== undefined).join('.')] ??= message;
  }
  return { ok: false, issues };
}

/** The `data` of Fintoc's onboarding of all the parts, or what is wrong with them. */
export function readOnboarding(
  answers: Answers,
): { ok: true; data: Record<string, unknown> } | { ok: false; issues: Issues } {
  const read = KYB_PARTS.map((part) => [part, readPart(part, answers)] as const);
  const issues: Issues = Object.assign({}, ...read.map(([, each]) => (each.ok ? {} : each.issues)));
  if (Object.keys(issues).length > 0) return { ok: false, issues };
  return {
    ok: true,
    data: Object.fromEntries(read.map(([part, each]) => [part, each.ok ? each.data : null])),
  };
}

function below(prefix: string, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
