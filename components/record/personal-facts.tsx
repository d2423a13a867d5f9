import { Identifier } from '~/components/record/identifier';
import { maskEmail, maskPhone } from '~/lib/people/masking';
import { maskTaxId } from '~/lib/tax-id';

type PersonalProps = { value: string; seen: boolean };

/** A tax id: whole for who may see this person's data, masked and without a copy button for who may not. */
export function TaxId({ value, seen }: PersonalProps) {
  return <Identifier value={seen ? value : maskTaxId(value)} copy={seen} />;
}

/** An e-mail address that writes, or its mask. */
export function Email({ value, seen }: PersonalProps) {
  if (!seen) return <>{maskEmail(value)}</>;
  return (
    <a href={`mailto:${value}`} className="text-link hover:underline">
      {value}
    </a>
  );
}

/** A phone number that calls, or its mask. */
export function Phone({ value, seen }: PersonalProps) {
  if (!seen) return <>{maskPhone(value)}</>;
  return (
    <a href={`tel:${value.replace(/[^\d+]/g, '')}`} className="text-link hover:underline">
      {value}
    </a>
  );
}
