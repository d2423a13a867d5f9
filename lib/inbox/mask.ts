import { maskClabe } from '~/lib/clabe';
import { HIDDEN, maskedText } from '~/lib/people/masked-text';
import { maskTaxId } from '~/lib/tax-id';

const hide = () => HIDDEN;

/** Personal data in Fintoc's objects, by the name of the field. */
const MASKS: Record<string, (text: string) => string> = {
  holder_id: maskTaxId,
  identification_number: maskTaxId,
  account_number: maskClabe,
  root_account_number: maskClabe,
  settlement_account: maskClabe,
  number: maskClabe,
  email: hide,
  phone: hide,
  phone_number: hide,
  fiscal_address: hide,
  business_address: hide,
  // People name a scan after whom it shows.
  file_name: hide,
  // The bank's receipt shows both sides in full.
  receipt_url: hide,
};

/** An event's body for who may not see personal data: the same, with tax ids, CLABEs and contacts masked. */
export function maskedBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(maskedBody);
  if (typeof body === 'string') return maskedText(body);
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const mask = typeof value === 'string' && Object.hasOwn(MASKS, name) ? MASKS[name] : undefined;
      return [name, mask ? mask(String(value)) : maskedBody(value)];
    }),
  );
}
