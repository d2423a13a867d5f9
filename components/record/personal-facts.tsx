import { Identifier } from '~/components/record/identifier';
import { type Personal, textOf } from '~/lib/people/masking';

type PersonalProps = { value: Personal };

/** A tax id: whole, or masked and without a copy button. */
export function TaxId({ value }: PersonalProps) {
  return <Identifier value={textOf(value)} copy={typeof value === 'string'} />;
}

/** An e-mail address that writes, or its mask. */
export function Email({ value }: PersonalProps) {
  if (typeof value !== 'string') return <>{value.masked}</>;
  return (
    <a href={`mailto:${value}`} className="text-link hover:underline">
      {value}
    </a>
  );
}

/** A phone number that calls, or its mask. */
export function Phone({ value }: PersonalProps) {
  if (typeof value !== 'string') return <>{value.masked}</>;
  return (
    <a href={`tel:${value.replace(/[^\d+]/g, '')}`} className="text-link hover:underline">
      {value}
    </a>
  );
}
