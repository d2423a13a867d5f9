import { personAt } from '~/e2e/count';
import { expect, SESSION_ENDED, test, unique } from '~/e2e/fixtures';
import { actorOf } from '~/e2e/given';
import { companyUnderReview, companyWithoutKyb, DOCUMENTS, dropFiles, pdf, review } from '~/e2e/kyb';
import {
  balance,
  expectWalletStatus,
  expectWithdrawal,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
  someRfc,
} from '~/e2e/steps';

/** What it takes from the overview to a KYB under review. README.md and TASKS.md have the same figure: change all. */
const STEPS = 29;

test('a company comes from its registration to a KYB under review in one way, in 29 steps, and its wallet opens', async ({
  pageAs,
  fintoc,
}) => {
  test.slow();
  const page = await pageAs('operator');
  const { press, type, choose, once, steps } = personAt(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const company = unique('Textiles');
  const goOn = () => press(button('Guardar y continuar'));

  await test.step('registers the company and opens its wallet', async () => {
    await page.goto('/');
    await press(page.getByRole('navigation').getByRole('link', { name: 'Clientes' }).first());
    await press(page.getByRole('main').getByRole('link', { name: 'Registrar cliente' }).first());
    await choose(page.getByRole('radio', { name: 'Empresa' }));
    await type('Razón social', company);
    await press(page.getByRole('textbox', { name: 'RFC' }));
    await page.keyboard.type(someRfc());
    await type('Correo electrónico · opcional', 'hola@textiles.mx');
    await type('Teléfono · opcional', '55 1234 5678');
    await press(button('Registrar y abrir su monedero'));
    await expect(page.getByRole('radio', { name: /^C ·/ })).toBeChecked();
    await press(button('Abrir monedero'));
    await expect(page.getByRole('heading', { level: 1, name: 'Expediente de KYB' })).toBeVisible();
  });

  await test.step('the company: what we know is there, and what is typed outlives a reload', async () => {
    await expect(page.getByLabel('Fecha de constitución')).toHaveValue(/^2015-03-/);
    await expect(page.getByLabel('Teléfono')).toHaveValue('+52 55 1234 5678');
    await type('Actividad', 'Confección de ropa');
    await expect(page.getByText(/^Guardado a las/)).toBeVisible();
    await type('CLABE de la empresa', '0121 8000 0000 0000 00');
    // At once: the page goes before the moment in which it would have been saved.
    await page.reload();
    await expect(page.getByLabel('Actividad')).toHaveValue('Confección de ropa');
    await expect(page.getByLabel('CLABE de la empresa')).toHaveValue('0121 8000 0000 0000 00');
    await type('Domicilio fiscal', 'Av. Insurgentes 100, CDMX');
    await goOn();
    await expect(
      page.getByRole('alert').getByText(/CLABE de la empresa: El dígito verificador/),
    ).toBeVisible();
    await type('CLABE de la empresa', someClabe());
    await goOn();
  });

  await test.step('its people and its money, in words', async () => {
    await expect(page.getByLabel('Correo')).toHaveValue('hola@textiles.mx');
    await expect(page.getByLabel('Nacionalidad').locator('option:checked')).toHaveText('México');
    await type('Nombre', 'Ana');
    await type('Apellidos', 'López Hernández');
    await type('CURP o RFC', 'LOHA900101MDFPRN01');
    await type('Cargo', 'Administradora única');
    await goOn();
    await choose(page.getByLabel('Inversiones'));
    await choose(page.getByRole('radio', { name: 'Hasta $500,000 MXN al mes' }));
    await choose(page.getByRole('radio', { name: 'Hasta 15,000 operaciones al mes' }));
    await goOn();
    await press(button('Agregar a Ana López Hernández'));
    await expect(page.getByLabel('Participación (%)')).toHaveValue('100');
    await goOn();
    await expect(page.getByText('Confección de ropa')).toBeVisible();
    await press(button('Crear expediente en Fintoc'));
  });

  await test.step('drops its documents at once: sorted, one refused, one moved, all sent', async () => {
    await once(() => dropFiles(page, [...DOCUMENTS, { name: 'notas.pdf', text: 'hola' }]));
    await expect(page.getByText('Usa PDF, JPEG o PNG', { exact: true })).toBeVisible();
    const slotOf = (file: string) => page.getByLabel(`Documento que es ${file}`).locator('option:checked');
    await expect(slotOf('Recibo CFE octubre.pdf')).toHaveText('Comprobante de domicilio');
    await expect(slotOf('INE Ana López Hernández.pdf')).toHaveText('Identificación de Ana López Hernández');
    await press(button('Subir 5 documentos'));
    await expect(page.getByText('5 de 5 recibidos')).toBeVisible();
    await press(button('Enviar a revisión'));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Enviar a revisión' }));
    await expect(page.getByText('En revisión en Fintoc', { exact: true })).toBeVisible();
    // The mistake with the CLABE cost two.
    expect(steps() - 2).toBe(STEPS);
  });

  await test.step('and once approved its wallet opens and moves money', async () => {
    const entity = page.url();
    await page.getByRole('region', { name: 'Monederos' }).getByRole('link').first().click();
    await expectWalletStatus(page, 'Abriendo');
    await review(fintoc, entity.split('/').at(-1) ?? '', 'approve');
    await expectWalletStatus(page, 'Abierto');
    await expect(page.getByText(new RegExp(`a nombre de ${company}`))).toBeVisible();
    await simulateDeposit(page, '590.13');
    await expect(balance(page, 'Disponible')).toHaveText('590.13 MXN');
    await requestWithdrawal(page, { to: someClabe(), amount: '590.13' });
    await expectWithdrawal(page, 'Pagado');
  });
});

test('a rejected KYB says of what and why, is corrected from what was there, and its approval opens the wallet', async ({
  pageAs,
  fintoc,
  expectComplaint,
}) => {
  test.slow();
  expectComplaint(/409 .*\/documents/);
  const page = await pageAs('operator');
  const { entityId, walletId, customerId } = await companyUnderReview(await actorOf(page));
  await page.goto(`/entities/${entityId}`);
  const rejected = await review(fintoc, entityId, 'reject', {
    rejections: [{ field: 'company_information.fiscal_address', reason: 'No es el de la constancia' }],
    documents: { proof_of_address: 'Tiene más de tres meses' },
  });
  await expect(page.getByText('Fintoc rechazó este KYB'), 'without a reload').toBeVisible();
  await expect(page.getByText('Comprobante de domicilio: «Tiene más de tres meses»')).toBeVisible();

  await page.goto(`/customers/${customerId}`);
  await page.getByRole('link', { name: 'Continuar KYB' }).click();
  await expect(page.getByText('Corrige lo que Fintoc rechazó')).toBeVisible();
  await page.getByRole('link', { name: 'Corregir Empresa' }).click();
  const address = page.getByLabel('Domicilio fiscal', { exact: true });
  await expect(address).toHaveValue('Av. Insurgentes 100, CDMX');
  await expect(address, 'the reason stands with its field').toHaveAccessibleDescription(
    /No es el de la constancia/,
  );
  await address.fill('Av. Juárez 1, CDMX');
  await page.getByRole('button', { name: 'Guardar y continuar' }).click();
  await page.getByRole('button', { name: 'Crear expediente en Fintoc' }).click();

  const proof = page.getByRole('listitem').filter({ hasText: 'Comprobante de domicilio' });
  await expect(proof.getByText('Fintoc: Tiene más de tres meses')).toBeVisible();
  // As they were called before, whatever that says of them; one that its name hides is moved by hand.
  await dropFiles(page, [
    ...[
      'tax_registration_certificate',
      'articles_of_incorporation',
      'legal_representative_id',
      'shareholder_id',
    ].map((key) => pdf(`scan ${key}.pdf`)),
    pdf('IMG_2041.pdf'),
  ]);
  const moved = page.getByLabel('Documento que es IMG_2041.pdf');
  await expect(moved.locator('option:checked')).toHaveText('Comprobante de domicilio');
  await moved.selectOption({ label: 'Acta constitutiva' });
  await expect(
    page.getByLabel('Documento que es scan articles_of_incorporation.pdf').locator('option:checked'),
    'the two change places',
  ).toHaveText('Comprobante de domicilio');
  await moved.selectOption({ label: 'Comprobante de domicilio' });
  await fintoc.control('/faults', {
    kind: 'refusal',
    method: 'PUT',
    path: `/v2/entities/${entityId}/onboardings`,
    status: 400,
    code: 'invalid_params',
  });
  await page.getByRole('button', { name: 'Subir 5 documentos' }).click();
  await expect(page.getByText('4 de 5 recibidos')).toBeVisible();
  await page.getByRole('button', { name: /^Reintentar / }).click();
  await page.getByRole('button', { name: 'Enviar a revisión' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Enviar a revisión' }).click();
  await expect(page.getByRole('heading', { name: 'Intentos anteriores' })).toBeVisible();
  const earlier = page.getByRole('listitem').filter({ hasText: rejected });
  await expect(earlier.filter({ hasText: 'Rechazado' }).first()).toBeVisible();
  await review(fintoc, entityId, 'approve');
  await expect(page.getByText('KYB aprobado', { exact: true }).first()).toBeVisible();
  await page.goto(`/wallets/${walletId}`);
  await expectWalletStatus(page, 'Abierto');
});

test('two people at one step of a KYB: the later one is told and chooses; a session that ended is told too', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(/409 .*\/draft/);
  expectComplaint(/401 .*\/draft/);
  expectComplaint(SESSION_ENDED);
  const [one, other] = [await newOperator('operator'), await newOperator('operator')];
  const first = await pageAs(one);
  const second = await pageAs(other);
  const { entityId } = await companyWithoutKyb(await actorOf(first));
  const address = `/entities/${entityId}/onboarding`;
  await first.goto(address);
  await second.goto(address);
  await first.getByLabel('Actividad', { exact: true }).fill('Confección de ropa');
  await expect(first.getByText(/^Guardado a las/)).toBeVisible();

  await second.getByLabel('Actividad', { exact: true }).fill('Venta de telas');
  await expect(second.getByText(`${one.name} guardó este paso después de que lo abriste`)).toBeVisible();
  await second.getByRole('button', { name: 'Ver lo guardado' }).click();
  await expect(second.getByLabel('Actividad', { exact: true })).toHaveValue('Confección de ropa');
  await second.getByLabel('Domicilio fiscal', { exact: true }).fill('Av. Juárez 1, CDMX');
  await expect(second.getByText(/^Guardado a las/)).toBeVisible();

  await first.getByLabel('Actividad', { exact: true }).fill('Confección y venta');
  await expect(first.getByText(`${other.name} guardó este paso después de que lo abriste`)).toBeVisible();
  await first.getByRole('button', { name: 'Guardar lo mío encima' }).click();
  await expect(first.getByText(/^Guardado a las/)).toBeVisible();

  await first.context().clearCookies();
  await first.getByLabel('Actividad', { exact: true }).fill('Confección, venta y diseño');
  await expect(first.getByText(/Tu sesión terminó: lo último no se ha guardado/)).toBeVisible();
  await second.reload();
  await expect(second.getByLabel('Actividad', { exact: true })).toHaveValue('Confección y venta');
});
