import { maskClabe } from '~/lib/clabe';
import { maskTaxId } from '~/lib/tax-id';

const HIDDEN = '•••';

/** Personal data in Fintoc's objects, by the name of the field. */
const MASKS: Record<string, (text: string) => string> = {
  holder_id: maskTaxId,
  account_number: maskClabe,
  root_account_number: maskClabe,
  number: maskClabe,
  email: () => HIDDEN,
  phone: () => HIDDEN,
  phone_number: () => HIDDEN,
};

/** An event's body for who may not see personal data: the same, with tax ids, CLABEs and contacts masked. */
export function maskedBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(maskedBody);
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const mask = typeof value === 'string' ? MASKS[name] : undefined;
      return [name, mask ? mask(String(value)) : maskedBody(value)];
    }),
  );
}
