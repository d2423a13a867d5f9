import { maskClabe } from '~/lib/clabe';
import { HIDDEN, maskedText } from '~/lib/people/masked-text';
import { maskTaxId } from '~/lib/tax-id';

const hide = () => HIDDEN;

/** Personal data in Fintoc's objects, in the API's and in rows of ours, by the name of the field. */
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
  tax_id: maskTaxId,
  sender_tax_id: maskTaxId,
  beneficiary_tax_id: maskTaxId,
  sender_number: maskClabe,
  counterparty_number: maskClabe,
  taxId: maskTaxId,
  holderId: maskTaxId,
  holderTaxId: maskTaxId,
  counterpartyTaxId: maskTaxId,
  beneficiaryTaxId: maskTaxId,
  counterpartyNumber: maskClabe,
  destination: maskClabe,
  receiptUrl: hide,
};

/** JSON for who may not see personal data: the same, with tax ids, CLABEs and contacts masked, in its texts too. */
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

/** What a list of papers and people needs of a KYB: whose and which they are, and how far. */
const KYB_SAID = new Set(
  'id object type mode source status key slot_key name first_name last_name created_at submitted_at reviewed_at'.split(
    ' ',
  ),
);

/** A KYB as Fintoc has it for who may not see personal data: nothing that anybody answered in it, and no reason. */
export function maskedKyb(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(maskedKyb);
  if (typeof raw === 'string') return HIDDEN;
  if (raw === null || typeof raw !== 'object') return raw;
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      if (typeof value !== 'string') return [name, maskedKyb(value)];
      if (KYB_SAID.has(name)) return [name, maskedText(value)];
      return [name, MASKS[name]?.(value) ?? HIDDEN];
    }),
  );
}
