import type { Tx } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import type { Customer } from '~/lib/people/kept';
import type { WalletTerms } from '~/prisma/generated/client';
import type { WalletPattern } from '~/prisma/generated/enums';

type Rule = Pick<WalletTerms, 'eligibleKinds' | 'eligibleCountries' | 'kybRequired' | 'minAge'>;
export type Whose = Pick<Customer, 'kind' | 'country' | 'taxIdKind' | 'taxId'>;

/** Why a customer may have no wallet under these terms, as a key of the `invalid` messages; null where they may. */
export function unfit(
  { eligibleKinds, eligibleCountries, kybRequired, minAge }: Rule,
  customer: Whose,
  { hasKyb, today = new Date() }: { hasKyb: boolean; today?: Date },
): string | null {
  if (eligibleKinds.length > 0 && !eligibleKinds.includes(customer.kind)) return 'terms_kind';
  if (eligibleCountries.length > 0 && !eligibleCountries.includes(customer.country)) return 'terms_country';
  if (kybRequired && !hasKyb) return 'terms_kyb';
  if (minAge === null || customer.kind !== 'individual') return null;
  const age = ageOf(customer, today);
  if (age === null) return 'terms_age_unknown';
  return age < minAge ? 'terms_age' : null;
}

/**
 * In whole years, by the date that CURP and a person's RFC carry after four letters (RENAPO's and SAT's rules for them);
 * null where neither says. A CURP's seventeenth character is a letter for who was born from 2000 on; an RFC leaves the
 * century open, so the later one is taken that has begun.
 */
export function ageOf({ taxIdKind, taxId }: Pick<Whose, 'taxIdKind' | 'taxId'>, today: Date): number | null {
  const found = /^[A-Z&Ñ]{4}(\d\d)(\d\d)(\d\d)/.exec(taxId);
  if (!found || (taxIdKind !== 'curp' && taxIdKind !== 'rfc')) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const thisYear = today.getUTCFullYear();
  const later = 2000 + year <= thisYear;
  const isLater = taxIdKind === 'curp' ? /^[A-Z]$/.test(taxId.charAt(16)) : later;
  const born = (isLater ? 2000 : 1900) + year;
  const hadBirthday =
    today.getUTCMonth() + 1 > month || (today.getUTCMonth() + 1 === month && today.getUTCDate() >= day);
  return thisYear - born - (hadBirthday ? 0 : 1);
}

/**
 * Throws `invalid` with why this customer may have no wallet under these terms. In pattern C nothing opens before the
 * KYB is approved, so there it need not be yet.
 */
export async function requireEligible(
  tx: Tx,
  customer: Customer,
  terms: WalletTerms,
  pattern: WalletPattern | undefined,
): Promise<void> {
  const hasKyb =
    !terms.kybRequired ||
    pattern === 'C' ||
    (await tx.onboarding.count({
      where: { status: 'approved', entity: { customerId: customer.id } },
    })) > 0;
  const why = unfit(terms, customer, { hasKyb });
  if (why) throw new InvalidInputError({ termsId: why });
}
