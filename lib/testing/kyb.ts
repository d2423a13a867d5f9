import { db, transaction } from '~/lib/db';
import { keptJson, onboardingPlace, openedOnboardings } from '~/lib/entities/kept';
import type { Answers, KybPart } from '~/lib/entities/kyb-parts';

/** A company's whole KYB, as somebody would type it: nothing is missing or wrong. */
export const KYB_ANSWERS: Record<KybPart, Answers> = {
  company_information: {
    'company_information.incorporation_date': '2015-03-12',
    'company_information.business_activity': 'Confección de ropa',
    'company_information.fiscal_address': 'Av. Insurgentes 100, CDMX',
    'company_information.same_address': 'on',
    'company_information.settlement_account': '032180000118359719',
    'company_information.phone': '+52 55 1234 5678',
  },
  legal_representatives: {
    'legal_representatives.0.first_name': 'Ana',
    'legal_representatives.0.last_name': 'López Hernández',
    'legal_representatives.0.email': 'ana@ejemplo.mx',
    'legal_representatives.0.nationality': 'mx',
    'legal_representatives.0.identification_number': 'LOHA900101MDFPRN01',
    'legal_representatives.0.position': 'Administradora única',
  },
  transactional_profile: {
    'transactional_profile.resource_origins.investments': 'on',
    'transactional_profile.monthly_amount_range': '1_500000',
    'transactional_profile.monthly_operations_range': '1_15000',
  },
  shareholders: {
    'shareholders.0.type': 'natural_person',
    'shareholders.0.name': 'Ana',
    'shareholders.0.last_name': 'López Hernández',
    'shareholders.0.nationality': 'mx',
    'shareholders.0.percentage': '100',
  },
};

/** An onboarding as Fintoc may have told it. */
export async function storedOnboarding(facts: {
  id: string;
  entityId: string;
  status: string;
  raw: object;
}): Promise<void> {
  const { id, entityId, raw } = facts;
  await transaction(async (tx) => {
    const sealed = await keptJson(tx, entityId, onboardingPlace(id), raw);
    await tx.onboarding.create({ data: { ...facts, raw: sealed, syncedAt: new Date() } });
  });
}

/** The first onboarding of an entity, with what Fintoc said of it. */
export async function firstOnboarding(entityId: string) {
  const kept = await db().onboarding.findFirstOrThrow({ where: { entityId } });
  const [opened = kept] = await openedOnboardings(db(), [kept]);
  return opened;
}
