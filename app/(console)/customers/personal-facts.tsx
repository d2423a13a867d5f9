import { Identifier } from '~/components/identifier';
import { maskEmail, maskPhone } from '~/lib/personal-data';
import { can, type RoleName } from '~/lib/roles';
import { maskTaxId } from '~/lib/tax-id';

type PersonalProps = { value: string; role: RoleName };

/** A tax id: whole for who may see people's data, masked and without a copy button for who may not. */
export function TaxId({ value, role }: PersonalProps) {
  const whole = can(role, 'people:reveal');
  return <Identifier value={whole ? value : maskTaxId(value)} copy={whole} />;
}

/** An e-mail address that writes, or its mask. */
export function Email({ value, role }: PersonalProps) {
  if (!can(role, 'people:reveal')) return <>{maskEmail(value)}</>;
  return (
    <a href={`mailto:${value}`} className="text-link hover:underline">
      {value}
    </a>
  );
}

/** A phone number that calls, or its mask. */
export function Phone({ value, role }: PersonalProps) {
  if (!can(role, 'people:reveal')) return <>{maskPhone(value)}</>;
  return (
    <a href={`tel:${value.replace(/[^\d+]/g, '')}`} className="text-link hover:underline">
      {value}
    </a>
  );
}
