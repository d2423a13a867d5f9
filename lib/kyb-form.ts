import { z } from 'zod';
import { checkClabe } from '~/lib/clabe';
import { checkTaxId } from '~/lib/tax-id';

/**
 * The data that an onboarding starts with, typed into one form whose fields have flat names
 * (`shareholders.2.name`), and the body that Fintoc takes. Messages are keys of the `invalid` messages.
 */
export const SHAREHOLDER_TYPES = ['natural_person', 'legal_entity'] as const;
export const MAX_ROWS = 20;

const required = (max: number) =>
  z
    .string('required')
    .trim()
    .refine((value) => value.length > 0, 'required')
    .refine((value) => value.length <= max, 'too_long');
const country = z
  .string('required')
  .trim()
  .toLowerCase()
  .refine((value) => /^[a-z]{2}$/.test(value), 'country_format');
const range = z
  .string('required')
  .trim()
  .refine((value) => /^\d{1,15}_\d{1,15}$/.test(value), 'range_format');

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
  const hundredths = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(value.trim());
  const number = hundredths ? Number(`${hundredths[1]}.${hundredths[2] ?? '0'}`) : Number.NaN;
  if (!(number > 0 && number <= 100)) context.addIssue('percentage_format');
  return number;
});

const company = z.object({
  incorporation_date: day,
  business_activity: required(200),
  fiscal_address: required(300),
  business_address: required(300),
  settlement_account: clabe,
  phone: z
    .string('required')
    .transform((value) => value.replace(/[\s().-]/g, ''))
    .refine((value) => /^\+?\d{10,15}$/.test(value), 'phone_format'),
});

const representative = z.object({
  first_name: required(100),
  last_name: required(100),
  email: z
    .string('required')
    .trim()
    .refine((value) => z.email().safeParse(value).success, 'email_format'),
  nationality: country,
  identification_number: rfcOrCurp,
  position: required(100),
});

const profile = z.object({
  resource_origins: required(200).transform((value) =>
    value
      .split(',')
      .map((origin) => origin.trim().toLowerCase())
      .filter(Boolean),
  ),
  monthly_amount_range: range,
  monthly_operations_range: range,
});

const shareholder = z
  .object({
    type: z.enum(SHAREHOLDER_TYPES, 'required'),
    name: required(200),
    last_name: z.string().trim().max(100, 'too_long').optional(),
    // Whoever isn't Mexican may have none.
    holder_id: rfc.optional(),
    nationality: country,
    percentage,
  })
  .superRefine(({ type, last_name }, context) => {
    if (type === 'natural_person' && !last_name)
      context.addIssue({ code: 'custom', path: ['last_name'], message: 'required' });
  });

const rows = <Row extends z.ZodType>(row: Row) =>
  z.array(row).min(1, 'required').max(MAX_ROWS, 'too_many_rows');

const dataSchema = z.object({
  company_information: company,
  legal_representatives: rows(representative),
  transactional_profile: profile,
  shareholders: rows(shareholder),
});

/** Takes the form's flat fields; answers Fintoc's `data`. Issues carry the flat field name as their whole path. */
export const onboardingForm = z.record(z.string(), z.unknown()).transform((fields, context) => {
  const { tree, names } = nest(fields);
  const parsed = dataSchema.safeParse(tree);
  const complain = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) complain(names(path.map(String)), message);
    return z.NEVER;
  }
  const total = parsed.data.shareholders.reduce((sum, item) => sum + Math.round(item.percentage * 100), 0);
  if (total > 10_000) complain('shareholders', 'percentage_total');
  return { entityId: String(fields.entityId ?? ''), data: parsed.data };
});

const LISTS = ['legal_representatives', 'shareholders'] as const;
type Fields = Record<string, unknown>;

/**
 * `shareholders.2.name` to objects. Rows keep the numbers that the form gave them, also after one between them was
 * removed; `names` finds from a place in the list back to the field.
 */
function nest(fields: Fields) {
  const groups: Record<string, Fields> = { company_information: {}, transactional_profile: {} };
  const lists = new Map<string, Map<number, Fields>>(LISTS.map((list) => [list, new Map()]));
  for (const [name, value] of Object.entries(fields)) {
    const [group = '', second = '', third] = name.split('.');
    const list = lists.get(group);
    if (list && third && /^\d{1,4}$/.test(second)) {
      const row = list.get(Number(second)) ?? {};
      list.set(Number(second), { ...row, [third]: value });
    } else if (groups[group] && second) groups[group] = { ...groups[group], [second]: value };
  }
  const ordered = (list: string) => [...(lists.get(list) ?? [])].sort(([a], [b]) => a - b);
  const tree = {
    ...groups,
    ...Object.fromEntries(LISTS.map((list) => [list, ordered(list).map(([, row]) => row)])),
  };
  const names = ([group = '', at, ...rest]: string[]): string => {
    const number = ordered(group)[Number(at)]?.[0];
    return [group, ...(number === undefined ? [at] : [String(number)]), ...rest]
      .filter((part) => part !== undefined)
      .join('.');
  };
  return { tree, names };
}
