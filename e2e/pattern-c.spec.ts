import type { Page } from '@playwright/test';
import { expect, type LocalFintoc, test, unique } from '~/e2e/fixtures';
import {
  balance,
  createCustomer,
  expectWalletStatus,
  expectWithdrawal,
  openWallet,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
  someRfc,
} from '~/e2e/steps';

const PDF = { name: 'documento.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

test('a pattern C wallet opens by itself once the KYB of its entity is approved, and then moves money', async ({
  pageAs,
  fintoc,
}) => {
  test.slow();
  const page = await pageAs('operator');
  const { company, wallet, entity } = await companyWallet(page);
  await startKyb(page, 'Iniciar KYB');

  await test.step('a file that is no document is refused before it is sent', async () => {
    await page
      .getByLabel(/^Subir /)
      .first()
      .setInputFiles({ ...PDF, buffer: Buffer.from('hola') });
    await expect(page.getByText('Usa PDF, JPEG o PNG')).toBeVisible();
  });
  await submitKyb(page);

  await test.step('the wallet that is shown opens without a reload', async () => {
    await page.goto(wallet);
    await expectWalletStatus(page, 'Abriendo');
    await review(fintoc, entity, 'approve');
    await expectWalletStatus(page, 'Abierto');
    await expect(page.getByText(new RegExp(`a nombre de ${company}`))).toBeVisible();
  });

  await simulateDeposit(page, '590.13');
  await expect(balance(page, 'Disponible')).toHaveText('590.13 MXN');
  await requestWithdrawal(page, { to: someClabe(), amount: '590.13' });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(entity);
  await expect(page.getByText('KYB aprobado', { exact: true }).first()).toBeVisible();
});

test('a rejected KYB says so and what to do, is started again, and its approval opens the wallet', async ({
  pageAs,
  fintoc,
}) => {
  test.slow();
  const page = await pageAs('operator');
  const { company, wallet, entity } = await companyWallet(page);
  await startKyb(page, 'Iniciar KYB');
  await submitKyb(page);

  const rejected = await review(fintoc, entity, 'reject');
  await expect(page.getByText('Fintoc rechazó este KYB'), 'without a reload').toBeVisible();
  await expect(page.getByText(/Pregunta el motivo a Fintoc/)).toBeVisible();
  await page.goto(wallet);
  await expectWalletStatus(page, 'Abriendo');
  await page.getByRole('link', { name: 'Continuar el KYB de la entidad' }).click();
  await expect(page).toHaveURL(entity);

  await startKyb(page, 'Iniciar otro KYB');
  await expect(page.getByText('Fintoc rechazó este KYB')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Intentos anteriores' })).toBeVisible();
  const earlier = page.getByRole('listitem').filter({ hasText: rejected });
  await expect(earlier.filter({ hasText: 'Rechazado' }).first()).toBeVisible();
  await submitKyb(page);
  await review(fintoc, entity, 'approve');
  await expect(page.getByText('KYB aprobado', { exact: true }).first()).toBeVisible();
  await page.goto(wallet);
  await expectWalletStatus(page, 'Abierto');
  await expect(page.getByText(new RegExp(`a nombre de ${company}`))).toBeVisible();
});

/** A company's wallet that waits for its KYB. Stays on the entity's page. */
async function companyWallet(page: Page) {
  const company = unique('Textiles');
  await createCustomer(page, { name: company, taxId: someRfc(), kind: 'Empresa' });
  await openWallet(page, 'C');
  const wallet = page.url();
  await page.getByRole('link', { name: 'Continuar el KYB de la entidad' }).click();
  await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
  return { company, wallet, entity: page.url() };
}

/** From the entity's page, and back to it. */
async function startKyb(page: Page, by: 'Iniciar KYB' | 'Iniciar otro KYB'): Promise<void> {
  const entity = page.url();
  await page.getByRole('link', { name: by }).click();
  await fillKyb(page);
  await page.getByRole('button', { name: 'Crear expediente' }).click();
  await expect(page).toHaveURL(entity);
  await expect(page.getByRole('heading', { name: 'Documentos' })).toBeVisible();
}

async function submitKyb(page: Page): Promise<void> {
  await uploadEverything(page);
  await page.getByRole('button', { name: 'Enviar a revisión' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Enviar a revisión' }).click();
  await expect(page.getByText('En revisión en Fintoc', { exact: true })).toBeVisible();
}

/** What Fintoc's people decide after a day. */
async function review(fintoc: LocalFintoc, entity: string, verdict: 'approve' | 'reject'): Promise<string> {
  const onboardings = await fintoc.get(`/v2/entities/${entity.split('/').at(-1)}/onboardings`);
  const { id } = onboardings.find(({ status }: { status: string }) => status === 'submitted');
  await fintoc.control(`/onboardings/${id}/${verdict}`);
  return id;
}

async function fillKyb(page: Page): Promise<void> {
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await fill('Fecha de constitución', '2015-03-12');
  await fill('Actividad', 'Confección de ropa');
  await fill('Domicilio fiscal', 'Av. Insurgentes 100, CDMX');
  await fill('Domicilio de operación', 'Av. Insurgentes 100, CDMX');
  await fill('CLABE de la empresa', someClabe());
  await fill('Teléfono', '+52 55 1234 5678');
  const person = page.getByRole('region', { name: 'Representantes legales' });
  const ofPerson = (label: string, text: string) => person.getByLabel(label, { exact: true }).fill(text);
  await ofPerson('Nombre', 'Ana');
  await ofPerson('Apellidos', 'López Hernández');
  await ofPerson('CURP o RFC', 'LOHA900101MDFPRN01');
  await ofPerson('Correo', 'ana@ejemplo.mx');
  await ofPerson('Cargo', 'Administradora única');
  await fill('Origen de los recursos', 'investments');
  await fill('Monto mensual', '1_500000');
  await fill('Operaciones al mes', '1_15000');
  const owner = page.getByRole('region', { name: 'Accionistas' });
  await owner.getByLabel('Nombre o razón social').fill('Ana');
  await owner.getByLabel('Apellidos (persona física)').fill('López Hernández');
  await owner.getByLabel('Participación (%)').fill('100');
}

/** One file after the other: each upload changes what the page shows. */
async function uploadEverything(page: Page): Promise<void> {
  const missing = page
    .getByRole('listitem')
    .filter({ hasText: 'Falta' })
    .filter({ has: page.getByLabel(/^Subir /) });
  await expect(missing).not.toHaveCount(0);
  for (let left = await missing.count(); left > 0; left--) {
    const slot = missing.first();
    await slot.getByLabel(/^Subir /).setInputFiles(PDF);
    await slot.getByRole('button', { name: 'Subir', exact: true }).click();
    await expect(missing).toHaveCount(left - 1);
  }
}
