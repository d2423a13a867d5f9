import { useFormatter, useTranslations } from 'next-intl';
import { formatClabe } from '~/lib/clabe';
import { countryName } from '~/lib/countries';
import { OTHER, RESOURCE_ORIGINS, readRange } from '~/lib/entities/kyb-choices';
import { type Answers, isList, type KybPart, rowNumbers } from '~/lib/entities/kyb-parts';

export type AnsweredField = { name: string; label: string; value: string };
type Group = { key: string; title: string | null; fields: AnsweredField[] };

const FIELDS = {
  company_information: [
    ['business_activity', 'businessActivity'],
    ['settlement_account', 'settlementAccount'],
    ['incorporation_date', 'incorporationDate'],
    ['phone', 'phone'],
    ['fiscal_address', 'fiscalAddress'],
    ['business_address', 'businessAddress'],
  ],
  legal_representatives: [
    ['first_name', 'firstName'],
    ['last_name', 'lastName'],
    ['identification_number', 'identification'],
    ['position', 'position'],
    ['email', 'email'],
    ['nationality', 'nationality'],
  ],
  transactional_profile: [
    ['resource_origins', 'origins'],
    ['monthly_amount_range', 'amountRange'],
    ['monthly_operations_range', 'operationsRange'],
  ],
  shareholders: [
    ['type', 'type'],
    ['name', 'firstName'],
    ['last_name', 'lastName'],
    ['holder_id', 'holderId'],
    ['percentage', 'percentage'],
    ['nationality', 'nationality'],
  ],
} as const;

/** The answers in the reader's words, by part: what the last look shows, and what problems are called by. */
export function useAnsweredFields(locale: string) {
  const t = useTranslations('entities.form');
  const formatter = useFormatter();

  function wordsOf(name: string, answers: Answers): string {
    const value = answers[name]?.trim() ?? '';
    if (name.endsWith('.nationality')) return value && countryName(value, locale);
    if (name.endsWith('.type') && (value === 'natural_person' || value === 'legal_entity'))
      return t(`types.${value}`);
    if (name.endsWith('.percentage')) return value && `${value.replace('%', '').trim()} %`;
    if (name.endsWith('.incorporation_date') && /^\d{4}-\d\d-\d\d$/.test(value))
      return formatter.dateTime(new Date(`${value}T00:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' });
    if (name.endsWith('.business_address') && answers['company_information.same_address'] === 'on')
      return t('sameAddress');
    if (name.endsWith('resource_origins')) return originsOf(name, answers);
    if (name.endsWith('.settlement_account')) return formatClabe(value);
    if (name.endsWith('_range')) return rangeOf(name, answers);
    return value;
  }

  function originsOf(name: string, answers: Answers): string {
    const ticked = RESOURCE_ORIGINS.filter((origin) => answers[`${name}.${origin}`] === 'on');
    const others = answers[`${name}.${OTHER}`]?.trim();
    return [...ticked.map((origin) => t(`originTypes.${origin}`)), ...(others ? [others] : [])].join(', ');
  }

  function rangeOf(name: string, answers: Answers): string {
    const chosen = answers[name] ?? '';
    if (chosen === OTHER) return [answers[`${name}.from`], answers[`${name}.to`]].filter(Boolean).join(' – ');
    const to = readRange(chosen)?.to;
    if (to === undefined) return '';
    return name.endsWith('monthly_amount_range') ? t('amountUpTo', { to }) : t('operationsUpTo', { to });
  }

  function fieldsOf(part: KybPart, prefix: string, answers: Answers): AnsweredField[] {
    return FIELDS[part].map(([field, label]) => {
      const name = `${prefix}.${field}`;
      return { name, label: t(label), value: wordsOf(name, answers) };
    });
  }

  function groupsOf(part: KybPart, answers: Answers): Group[] {
    if (!isList(part)) return [{ key: part, title: null, fields: fieldsOf(part, part, answers) }];
    const title = part === 'shareholders' ? 'shareholder' : 'representative';
    return rowNumbers(part, answers).map((row, index) => ({
      key: `${part}.${row}`,
      title: t(title, { number: index + 1 }),
      fields: fieldsOf(part, `${part}.${row}`, answers),
    }));
  }

  /** What a field is called, with whose it is: `Representante 1, Correo`. */
  function labelOf(field: string, answers: Answers): string {
    const part = (Object.keys(FIELDS) as KybPart[]).find(
      (each) => field === each || field.startsWith(`${each}.`),
    );
    if (!part) return field;
    for (const group of groupsOf(part, answers)) {
      const found = group.fields.find(({ name }) => field === name || field.startsWith(`${name}.`));
      if (found) return [group.title, found.label].filter(Boolean).join(', ');
    }
    return t(
      part === 'shareholders'
        ? 'shareholders'
        : part === 'legal_representatives'
          ? 'representatives'
          : 'company',
    );
  }

  return { groupsOf, labelOf };
}
