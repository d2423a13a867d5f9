import { z } from 'zod';
import {
  AMOUNT_RANGES,
  OPERATION_RANGES,
  OTHER,
  RESOURCE_ORIGINS,
  readRange,
} from '~/lib/entities/kyb-choices';
import { type Answers, answersTo, KYB_PARTS } from '~/lib/entities/kyb-parts';
import { checkTaxId } from '~/lib/tax-id';

/**
 * Answers that nobody has to type: what we know of the customer, and what an earlier KYB said. Pure. Everything that is
 * suggested stands in a field and can be changed.
 */
type Known = { taxId: string; email?: string | null | undefined; phone?: string | null | undefined };

/** What the form starts with. A Mexican company's RFC carries the day of its incorporation (SAT, structure of the RFC). */
export function knownAnswers({ taxId, email, phone }: Known, today = new Date()): Answers {
  return withoutBlanks({
    'company_information.incorporation_date': incorporationOf(taxId, today),
    'company_information.phone': phone ? withCountry(phone) : '',
    'company_information.same_address': 'on',
    'legal_representatives.0.email': email ?? '',
    'legal_representatives.0.nationality': 'mx',
    'shareholders.0.type': 'natural_person',
    'shareholders.0.nationality': 'mx',
  });
}

function incorporationOf(taxId: string, today: Date): string {
  const check = checkTaxId('mx', taxId);
  // Twelve characters are a company's; of a person's thirteen the date is a birthday.
  if (!check.ok || check.normalized.length !== 12) return '';
  const [, year = '', month = '', day = ''] = /^...(\d\d)(\d\d)(\d\d)/.exec(check.normalized) ?? [];
  const recent = `20${year}-${month}-${day}`;
  return recent <= today.toISOString().slice(0, 10) ? recent : `19${year}-${month}-${day}`;
}

/** Ten digits are a Mexican number without its country. */
function withCountry(phone: string): string {
  return phone.replace(/\D/g, '').length === 10 && !phone.trim().startsWith('+')
    ? `+52 ${phone.trim()}`
    : phone;
}

const text = z.coerce.string().nullish().catch(null);
const person = z.looseObject({
  first_name: text,
  last_name: text,
  email: text,
  nationality: text,
  identification_number: text,
  position: text,
  type: text,
  name: text,
  holder_id: text,
  percentage: text,
});
const people = z.array(person).nullish().catch(null);
const earlierSchema = z.looseObject({
  data: z
    .looseObject({
      company_information: z.record(z.string(), z.unknown()).nullish().catch(null),
      transactional_profile: z
        .looseObject({
          resource_origins: z.array(z.string()).nullish().catch(null),
          monthly_amount_range: text,
          monthly_operations_range: text,
        })
        .nullish()
        .catch(null),
      legal_representatives: people,
      shareholders: people,
    })
    .nullish()
    .catch(null),
  legal_representatives: people,
  shareholders: people,
});

const PERSON_FIELDS = {
  legal_representatives: [
    'first_name',
    'last_name',
    'email',
    'nationality',
    'identification_number',
    'position',
  ],
  shareholders: ['type', 'name', 'last_name', 'holder_id', 'nationality', 'percentage'],
} as const;

/** The answers that stand in an onboarding of Fintoc's, for who corrects it after a rejection. */
export function earlierAnswers(raw: unknown): Answers {
  const parsed = earlierSchema.safeParse(raw);
  if (!parsed.success) return {};
  const { data } = parsed.data;
  const lists = (['legal_representatives', 'shareholders'] as const).map((list) =>
    peopleAnswers(list, parsed.data[list] ?? data?.[list] ?? []),
  );
  return withoutBlanks(
    Object.assign(
      {},
      companyAnswers(data?.company_information ?? {}),
      ...lists,
      data?.transactional_profile ? profileAnswers(data.transactional_profile) : {},
    ),
  );
}

function companyAnswers(company: Record<string, unknown>): Answers {
  const said = (field: string) => (typeof company[field] === 'string' ? company[field] : '');
  const same = said('business_address') !== '' && said('business_address') === said('fiscal_address');
  return {
    // Fintoc gives the day back as a moment.
    'company_information.incorporation_date': said('incorporation_date').slice(0, 10),
    'company_information.business_activity': said('business_activity'),
    'company_information.fiscal_address': said('fiscal_address'),
    'company_information.settlement_account': said('settlement_account'),
    'company_information.phone': said('phone'),
    ...(same
      ? { 'company_information.same_address': 'on' }
      : { 'company_information.business_address': said('business_address') }),
  };
}

function peopleAnswers(list: keyof typeof PERSON_FIELDS, given: z.output<typeof person>[]): Answers {
  return Object.fromEntries(
    given.flatMap((each, row) =>
      PERSON_FIELDS[list].map((field) => {
        const value = each[field] ?? '';
        return [`${list}.${row}.${field}`, field === 'nationality' ? value.toLowerCase() : value];
      }),
    ),
  );
}

type Profile = {
  resource_origins?: string[] | null;
  monthly_amount_range?: string | null;
  monthly_operations_range?: string | null;
};

function profileAnswers(profile: Profile): Answers {
  const origins = profile.resource_origins ?? [];
  const isKnown = (origin: string) => (RESOURCE_ORIGINS as readonly string[]).includes(origin);
  const base = 'transactional_profile';
  return {
    ...Object.fromEntries(
      origins.filter(isKnown).map((origin) => [`${base}.resource_origins.${origin}`, 'on']),
    ),
    [`${base}.resource_origins.${OTHER}`]: origins.filter((origin) => !isKnown(origin)).join(', '),
    ...rangeAnswers(`${base}.monthly_amount_range`, profile.monthly_amount_range, AMOUNT_RANGES),
    ...rangeAnswers(`${base}.monthly_operations_range`, profile.monthly_operations_range, OPERATION_RANGES),
  };
}

function rangeAnswers(field: string, code: string | null | undefined, known: readonly string[]): Answers {
  if (!code) return {};
  if (known.includes(code)) return { [field]: code };
  const range = readRange(code);
  if (!range) return {};
  return { [field]: OTHER, [`${field}.from`]: String(range.from), [`${field}.to`]: String(range.to) };
}

/** What a form shows, part by part: what was saved, else what an earlier KYB said, else what we know. */
export function startingAnswers(
  saved: Partial<Record<(typeof KYB_PARTS)[number], Answers>>,
  earlier: Answers,
  known: Answers,
): Answers {
  return Object.assign(
    {},
    ...KYB_PARTS.map((part) => {
      const before = answersTo(part, earlier);
      return saved[part] ?? (Object.keys(before).length > 0 ? before : answersTo(part, known));
    }),
  );
}

function withoutBlanks(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
}
