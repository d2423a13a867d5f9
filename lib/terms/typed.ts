import { InvalidInputError } from '~/lib/errors';
import { isAsset, readAmount } from '~/lib/money';
import {
  AMOUNT_FIELDS,
  type AmountField,
  FLOWS,
  NUMBER_FIELDS,
  type NumberField,
  PLAIN_TERMS,
  type TermsFacts,
} from '~/lib/terms/fields';

type Switches = Pick<TermsFacts, 'depositsEnabled' | 'withdrawalsEnabled' | 'refundFeeOnReturn'>;

/** Terms as an admin types them: amounts in the asset's own decimals; an empty limit is none, an empty fee is nothing. */
export type TypedTerms = Switches &
  Partial<Omit<TermsFacts, keyof Switches | AmountField | NumberField>> & {
    [Name in AmountField | NumberField]?: string | undefined;
  };

/** Numbers that are nothing, and not no limit, where nothing is typed. */
const FROM_ZERO: ReadonlySet<string> = new Set(
  FLOWS.flatMap((flow) => [`${flow}FeeBps`, `${flow}FeeAmount`]),
);
const isFee = (field: string) => field.includes('Fee');
const MOST_BPS = 10_000;

/** Reads typed terms. Throws `invalid` with every field that is no amount or number, or doesn't fit another. */
export function readTerms(asset: string, typed: TypedTerms): TermsFacts {
  if (!isAsset(asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  const wrong: Record<string, string> = {};
  const given = (field: AmountField | NumberField) => typed[field]?.trim() || null;
  const amountOf = (field: AmountField): bigint | null => {
    const text = given(field);
    if (text === null) return FROM_ZERO.has(field) ? 0n : null;
    const reading = readAmount(text, asset);
    if (!reading.ok) wrong[field] = `amount_${reading.reason}`;
    else if (reading.amount < (isFee(field) ? 0n : 1n)) wrong[field] = 'amount_not_positive';
    return reading.ok ? reading.amount : null;
  };
  const numberOf = (field: NumberField): number | null => {
    const text = given(field);
    if (text === null) return FROM_ZERO.has(field) ? 0 : field === 'debtShareBps' ? PLAIN_TERMS[field] : null;
    const isWhole = /^\d{1,9}$/.test(text) && (isFee(field) || field === 'debtShareBps' || Number(text) > 0);
    if (!isWhole || (field.endsWith('Bps') && Number(text) > MOST_BPS)) wrong[field] = 'whole_number';
    return Number(text);
  };
  const facts = {
    ...PLAIN_TERMS,
    ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(AMOUNT_FIELDS.map((field) => [field, amountOf(field)])),
    ...Object.fromEntries(
      NUMBER_FIELDS.map((field) => {
        const number = numberOf(field);
        return [field, number !== null && field.endsWith('Count') ? BigInt(number) : number];
      }),
    ),
  } as TermsFacts;
  Object.assign(wrong, { ...crossed(facts), ...wrong });
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return facts;
}

/** A least above its most would let nothing through. */
function crossed(facts: TermsFacts): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const flow of FLOWS)
    for (const [least, most] of [
      [`${flow}MinAmount`, `${flow}MaxAmount`],
      [`${flow}FeeMin`, `${flow}FeeMax`],
    ] as const) {
      const [min, max] = [facts[least], facts[most]];
      if (min !== null && max !== null && min > max) wrong[most] = 'under_least';
    }
  return wrong;
}
