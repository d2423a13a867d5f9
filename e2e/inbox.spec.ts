import pg from 'pg';
import { expect, type LocalFintoc, required, test } from '~/e2e/fixtures';
import { fundedWallet, openedWallet } from '~/e2e/given';
import { balance, clabeOf, fact, movement, simulateDeposit } from '~/e2e/steps';

test('one event delivered twenty times at once posts once', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '321.00');
  const [event] = await depositEvents(fintoc, 32_100, page.url());
  await fintoc.control(`/events/${event.id}/redeliver`, { times: 20 });
  await expect
    .poll(async () => {
      const deliveries = await fintoc.read(`/deliveries?event_id=${event.id}`);
      return deliveries.filter(({ status }: { status: string }) => status === 'succeeded').length;
    })
    .toBe(21);
  const detail = await page.context().newPage();
  await detail.goto(`/inbox/${event.id}`);
  await expect(fact(detail, 'Entregas repetidas')).toHaveText('20 veces más');
  await page.reload();
  await expect(balance(page, 'Disponible')).toHaveText('321.00 MXN');
  await expect(movement(page, 'Depósito')).toHaveCount(1);
});

test('a return that is told before its deposit, with others in between, posts each once and marks what came out of order', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  await openedWallet(page);
  const clabe = await clabeOf(page);
  const others = 12;
  await fintoc.control('/delivery-rules', { reorder: true, count: others + 2 });
  const receive = (amount: number, count: number) =>
    fintoc.control('/inbound-transfers', { account_number: clabe, amount, count, settle: true });
  const [returned] = await receive(45_600, 1);
  const [other] = await receive(1_000, others);
  // Fintoc's times are whole seconds: of two in one second nobody knows the order.
  const second = () => Math.floor(Date.now() / 1_000);
  const begun = second();
  await expect.poll(second).toBeGreaterThan(begun);
  await fintoc.control(`/transfers/${returned.id}/return`);

  await expect(balance(page, 'Disponible')).toHaveText('120.00 MXN');
  await expect(movement(page, '+456.00')).toHaveCount(1);
  await expect(movement(page, '−456.00')).toHaveCount(1);
  await expect(movement(page, '+10.00')).toHaveCount(others);
  await page.goto(`/inbox?q=${returned.id}`);
  const told = (type: string) => page.getByRole('row').filter({ hasText: type });
  await expect(told('transfer.inbound.returned')).toContainText('Procesado');
  await expect(told('transfer.inbound.succeeded')).toContainText('Procesado');
  await expect(told('transfer.inbound.succeeded')).toContainText('Fuera de orden');
  await expect(told('transfer.inbound.returned')).not.toContainText('Fuera de orden');
  await page.goto(`/inbox?q=${other.id}`);
  await expect(told('transfer.inbound.succeeded')).not.toContainText('Fuera de orden');
});

test('an event that comes again with another content is shown beside the first, until somebody has looked', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const id = `evt_${crypto.randomUUID()}`;
  const event = eventOf(id, 'invoice.stamped', { id: `inv_${id}`, object: 'invoice', total: 100 });
  for (const total of [100, 100, 900])
    expect(await fintoc.deliver({ ...event, data: { ...event.data, total } })).toBe(200);
  await page.goto('/inbox');
  await page.getByRole('link', { name: 'Verlos' }).click();
  const row = page.getByRole('row').filter({ hasText: id });
  await expect(row).toContainText('Con otro contenido');
  await row.getByRole('link').click();
  await expect(page.getByText('nadie lo ha revisado')).toBeVisible();
  const difference = page.getByRole('table', { name: 'En qué difiere' }).getByRole('row');
  await expect(difference.filter({ hasText: 'data.total' })).toContainText('100');
  await expect(difference.filter({ hasText: 'data.total' })).toContainText('900');
  await expect(difference).toHaveCount(2);
  await page.getByRole('button', { name: 'Marcar como revisado' }).click();
  await page.getByLabel('Motivo').fill('Comparado en el panel de Fintoc');
  await page.getByRole('button', { name: 'Confirmar revisión' }).click();
  await expect(page.getByText('nadie lo ha revisado')).toHaveCount(0);
  await expect(page.getByText('Revisado', { exact: true })).toBeVisible();
});

test('an event of a type that we do not know is kept and shown', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  const id = `evt_${crypto.randomUUID()}`;
  expect(await fintoc.deliver(eventOf(id, 'invoice.stamped', { id: `inv_${id}`, object: 'invoice' }))).toBe(
    200,
  );
  await page.goto(`/inbox?q=${id}`);
  const row = page.getByRole('row').filter({ hasText: 'invoice.stamped' });
  await expect(row).toContainText('Sin acción');
  await row.getByRole('link').click();
  await expect(page.getByText('Es de un tipo que no usamos. Se guarda por si hace falta.')).toBeVisible();
  await expect(page.getByText(`inv_${id}`).first()).toBeVisible();
});

test('a delivery with a bad signature is 401, one over 1 MiB is 413, and neither becomes an event', async ({
  pageAs,
  fintoc,
}) => {
  const id = `evt_${crypto.randomUUID()}`;
  const event = eventOf(id, 'transfer.inbound.succeeded', { id: `tr_${id}`, object: 'transfer' });
  expect(await fintoc.deliver(event, `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`)).toBe(401);
  expect(await fintoc.deliver(event, '')).toBe(401);
  expect(await fintoc.deliver({ ...event, padding: 'x'.repeat(1024 * 1024) })).toBe(413);
  const page = await pageAs('operator');
  await page.goto(`/inbox?q=${id}`);
  await expect(page.getByText('Ningún resultado con estos filtros')).toBeVisible();

  await page.getByRole('link', { name: 'Rechazados' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Más grande de lo permitido' }).first()).toBeVisible();
  await page
    .getByRole('row')
    .getByRole('link', { name: 'La firma no corresponde a ninguno de nuestros secretos' })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Entrega rechazada' })).toBeVisible();
  await expect(page.getByLabel('Contenido', { exact: true }).last()).toContainText(id);
});

test('an event that contradicts the books is a dead letter that says why, and its replay moves nothing', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '98.70');
  const [{ data }] = await depositEvents(fintoc, 9_870, wallet.url);
  const id = `evt_${crypto.randomUUID()}`;
  const contradiction = eventOf(id, 'transfer.inbound.rejected', { ...data, status: 'rejected' });
  expect(await fintoc.deliver(contradiction)).toBe(200);

  await page.goto(`/inbox/dead?q=${id}`);
  const row = page.getByRole('row').filter({ hasText: 'transfer.inbound.rejected' });
  await expect(row).toContainText(
    'Fintoc dice ahora «rejected», pero la transferencia ya había terminado como «succeeded»',
  );
  await row.getByRole('link').click();
  await page.getByRole('link', { name: 'Ensayar reproceso' }).click();
  await expect(page.getByText('Se rechaza', { exact: true })).toBeVisible();
  await expect(page.getByText('Ya registrado, del mismo objeto')).toBeVisible();
  await page.getByRole('button', { name: 'Reprocesar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reprocesar evento' }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${id}$`));
  await expect(page.getByText('Se detuvo y nada se registró')).toBeVisible();
  await expect(page.getByText('No ha registrado nada.')).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('98.70 MXN');
  await expect(movement(page, 'Depósito')).toHaveCount(1);

  const auditor = await pageAs('auditor');
  await auditor.goto(`/audit?q=${id}`);
  await expect(auditor.getByRole('row').filter({ hasText: 'Óscar Operador' })).toHaveCount(1);
});

test('a dead letter whose cause is gone shows what its replay posts, and the replay posts just that', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await openedWallet(page);
  await fintoc.control('/faults', { kind: 'html_500', method: 'GET', path: '/v2/transfers', count: 10_000 });
  await fintoc.control('/delivery-rules', { drop: true, count: 1, type: 'transfer.inbound.succeeded' });
  await simulateDeposit(page, '76.50');
  const event = await toldOnly(fintoc, 7_650, wallet.url);
  await keepAsDead(event);

  await page.goto(`/inbox/dead?q=${event.id}`);
  const row = page.getByRole('row').filter({ hasText: event.type });
  await expect(row).toContainText('Falló de nuestro lado');
  await row.getByRole('link').click();
  await page.getByRole('link', { name: 'Ensayar reproceso' }).click();
  await expect(page.getByText('Registra un asiento')).toBeVisible();
  const journal = page.getByRole('table', { name: 'Depósito' });
  await expect(journal.getByRole('row').filter({ hasText: `wallet/${wallet.id}/available` })).toContainText(
    '76.50',
  );
  await expect(journal.getByRole('row').last()).toContainText('76.50');

  const other = await page.context().newPage();
  await other.goto(wallet.url);
  await expect(balance(other, 'Disponible'), 'a dry run moves nothing').toHaveText('0.00 MXN');

  await page.getByRole('button', { name: 'Reprocesar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reprocesar evento' }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${event.id}$`));
  await expect(page.getByRole('main').getByText('Procesado', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Depósito' })).toContainText('76.50');
  await expect(balance(other, 'Disponible')).toHaveText('76.50 MXN');
  await expect(movement(other, 'Depósito')).toHaveCount(1);
  await fintoc.clear('/faults');
});

test('a dropped webhook heals by poll, which says so, and the webhook that comes after all posts nothing', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await openedWallet(page);
  await fintoc.control('/delivery-rules', { drop: true, count: 1, type: 'transfer.inbound.succeeded' });
  await simulateDeposit(page, '64.25');
  await expect(balance(page, 'Disponible')).toHaveText('64.25 MXN');
  await expect(movement(page, 'Depósito').getByRole('button', { name: /sondeo/i })).toBeVisible();

  const event = await toldOnly(fintoc, 6_425, wallet.url);
  await page.goto(`/inbox?origin=poll&q=${event.data.id}`);
  const row = page.getByRole('row').filter({ hasText: 'transfer.inbound.succeeded' });
  await expect(row).toContainText('Recuperado por sondeo');
  await row.getByRole('link').click();
  await expect(page.getByText('Su aviso no llegó a tiempo.', { exact: false })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Depósito' })).toContainText('64.25');
  // All of them: where one had failed a moment before, the proof may have been quicker than the next.
  await page.goto('/inbox/polls?show=all');
  await expect(page.getByRole('table', { name: 'Sondeos' }).getByRole('row').nth(1)).toContainText(
    'Completo',
  );

  await fintoc.control(`/events/${event.id}/redeliver`);
  await page.goto(`/inbox?q=${event.id}`);
  await expect(page.getByRole('row').filter({ hasText: event.type })).toContainText('Procesado');
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('64.25 MXN');
  await expect(movement(page, 'Depósito')).toHaveCount(1);
});

test('several events are ticked, rehearsed and replayed together, with their progress', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const ids = [`evt_${crypto.randomUUID()}`, `evt_${crypto.randomUUID()}`];
  const object = `inv_${crypto.randomUUID()}`;
  for (const id of ids)
    await fintoc.deliver(eventOf(id, 'invoice.stamped', { id: object, object: 'invoice' }));
  await page.goto(`/inbox?q=${object}`);
  await expect(page.getByRole('row').filter({ hasText: 'Sin acción' })).toHaveCount(2);
  for (const id of ids) await page.getByRole('checkbox', { name: `Elegir invoice.stamped, ${id}` }).check();
  await page.getByRole('button', { name: 'Ensayar los elegidos' }).click();
  await expect(page.getByText('Ninguno de los 2 ensayados registraría algo')).toBeVisible();
  await page.getByRole('button', { name: 'Reprocesar 2 eventos' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reprocesar 2 eventos' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Reproceso de varios eventos' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '2 de 2 procesados' })).toBeVisible();
});

function eventOf(id: string, type: string, data: object) {
  return { id, object: 'event', type, mode: 'test', created_at: new Date().toISOString(), data };
}

/** The one event of a deposit whose delivery is dropped: Fintoc made it all the same. */
async function toldOnly(fintoc: LocalFintoc, amount: number, walletUrl: string) {
  await expect.poll(async () => (await depositEvents(fintoc, amount, walletUrl)).length).toBe(1);
  const [event] = await depositEvents(fintoc, amount, walletUrl);
  return event;
}

/** An event that was tried until nobody tried any more, for a reason that has gone since. */
async function keepAsDead(event: {
  id: string;
  type: string;
  mode: string;
  created_at: string;
  data: { id: string };
}) {
  const client = new pg.Client({ connectionString: required('DATABASE_URL') });
  await client.connect();
  await client.query(
    `INSERT INTO inbox_events (id, type, object_id, mode, state, headers, body, attempts, last_error, occurred_at)
     VALUES ($1, $2, $3, $4, 'dead', '{}', $5, 8, 'the database was read-only', $6)`,
    [event.id, event.type, event.data.id, event.mode, JSON.stringify(event), event.created_at],
  );
  await client.end();
}

/** What Fintoc told of the deposit to this wallet, whose CLABE carries the wallet's id. */
async function depositEvents(fintoc: LocalFintoc, amount: number, walletUrl: string) {
  const events = await fintoc.read('/events?type=transfer.inbound.succeeded');
  return events.filter(
    ({ data }: { data: { amount: number; account_number: { metadata: { wallet_id?: string } } } }) =>
      data.amount === amount && data.account_number.metadata.wallet_id === walletUrl.split('/').at(-1),
  );
}
