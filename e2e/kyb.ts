import { expect, type Page } from '@playwright/test';
import { type LocalFintoc, unique } from '~/e2e/fixtures';
import { inPesos, SOON } from '~/e2e/given';
import { someRfc } from '~/e2e/steps';
import type { OperatorActor } from '~/lib/actor';
import { submitOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { currentOnboarding, documentSlots } from '~/lib/entities/kyb';
import { finishPart, sendDraft } from '~/lib/entities/kyb-drafts';
import type { Answers, KybPart } from '~/lib/entities/kyb-parts';
import { getEntityPage } from '~/lib/entities/read';
import { createCustomer } from '~/lib/people/customers';
import { KYB_ANSWERS } from '~/lib/testing/kyb';
import { ANYBODY } from '~/lib/testing/reader';
import { openWallet } from '~/lib/wallets/opening';

export type Dropped = { name: string; text: string };
export const pdf = (name: string): Dropped => ({ name, text: '%PDF-1.4\n%%EOF\n' });

/** All at once, as from a folder. */
export async function dropFiles(page: Page, files: readonly Dropped[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, text } of dropped) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.getByRole('region', { name: /^Suelta aquí/ }).dispatchEvent('drop', { dataTransfer });
}

/** What people call the documents that Fintoc asks for. */
export const DOCUMENTS = [
  pdf('CSF textiles.pdf'),
  pdf('Recibo CFE octubre.pdf'),
  pdf('Acta constitutiva.pdf'),
  pdf('INE representante.pdf'),
  pdf('INE Ana López Hernández.pdf'),
];

/** What Fintoc's people decide after a day. */
export async function review(
  fintoc: LocalFintoc,
  entity: string,
  verdict: 'approve' | 'reject',
  why: object = {},
): Promise<string> {
  const onboardings = await fintoc.get(`/v2/entities/${entity}/onboardings`);
  const { id } = onboardings.find(({ status }: { status: string }) => status === 'submitted');
  await fintoc.control(`/onboardings/${id}/${verdict}`, why);
  return id;
}

/** A company whose wallet waits for its KYB, made by the product's own verbs. */
export async function companyWithoutKyb(actor: OperatorActor) {
  const customer = await createCustomer(actor, {
    kind: 'business',
    name: unique('Textiles'),
    country: 'mx',
    taxId: someRfc(),
    phone: '55 1234 5678',
    requestId: crypto.randomUUID(),
  });
  const { id: walletId } = await openWallet(actor, {
    customerId: customer.id,
    pattern: 'C',
    name: unique('Monedero'),
    asset: 'MXN',
    requestId: crypto.randomUUID(),
  });
  await expect.poll(async () => (await inPesos(walletId)).entityId, SOON).not.toBeNull();
  const { entityId } = await inPesos(walletId);
  return { company: customer.name, customerId: customer.id, walletId, entityId: String(entityId) };
}

/** A company whose KYB waits for its documents. */
export async function companyWithKyb(actor: OperatorActor) {
  const made = await companyWithoutKyb(actor);
  const { entityId } = made;
  for (const [part, given] of Object.entries(KYB_ANSWERS) as [KybPart, Answers][])
    await finishPart(actor, { entityId, part, answers: given, version: 0, editor: part, sequence: 1 });
  await sendDraft(actor, { entityId });
  return made;
}

/** A company whose KYB is under review, with its documents called as people call them. */
export async function companyUnderReview(actor: OperatorActor) {
  const made = await companyWithKyb(actor);
  const { entityId } = made;
  const onboarding = currentOnboarding((await getEntityPage(ANYBODY, entityId)).onboardings);
  const onboardingId = onboarding?.id ?? '';
  for (const { target, key } of documentSlots(onboarding?.raw)) {
    const file = new File(['%PDF-1.4 …'], `scan ${key}.pdf`, { type: 'application/pdf' });
    await uploadOnboardingDocument(actor, { onboardingId, target, file });
  }
  await submitOnboarding(actor, { onboardingId });
  return made;
}
