import type { Page, Route } from '@playwright/test';
import { cutNextAnswer, NO_ANSWER } from '~/e2e/cut';
import { expect, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';
import { openedNotes } from '~/lib/people/kept';

const ROUNDS = 20;
const SEED = 20_261_126;
/** What the network, or a person, does to a form that was sent. */
const CUTS = ['answer_lost', 'question_lost', 'bad_gateway', 'reload', 'time_out', 'twice', 'none'] as const;
type Cut = (typeof CUTS)[number];

test(`a withdrawal form under ${ROUNDS} random cuts is one withdrawal at Fintoc each`, async ({
  pageAs,
  newOperator,
  fintoc,
  expectComplaint,
}) => {
  test.slow();
  expectComplaint(NO_ANSWER);
  const page = await pageAs(await newOperator('operator'));
  const wallet = await fundedWallet(page, '2,000.00');
  const dice = rolling(SEED);
  const cuts: Cut[] = [];
  await page.route('**/withdrawals/new*', (route) => meet(route, page, cuts));
  await page.clock.install();
  const names: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = unique('Berta');
    names.push(name);
    await page.goto(`/withdrawals/new?wallet=${wallet.id}`);
    await page.getByLabel('CLABE del beneficiario').fill(someClabe());
    await page.getByLabel('Nombre del beneficiario').fill(name);
    await page.getByLabel('Monto en MXN').fill(String(10 + round));
    // Of the look and of the withdrawal itself.
    cuts.push(...Array.from({ length: 2 }, () => CUTS[Math.floor(dice() * CUTS.length)] ?? 'none'), 'none');
    await test.step(`${round}: ${cuts.join(', ')}`, () => insist(page));
    cuts.length = 0;
  }

  const paid = async () => {
    const payouts = await fintoc.get('/v2/transfers?direction=outbound&limit=100');
    return names.map(
      (name) =>
        payouts.filter(
          ({ counterparty }: { counterparty: { holder_name: string } }) => counterparty.holder_name === name,
        ).length,
    );
  };
  await expect.poll(paid).toEqual(names.map(() => 1));
});

test('what was sent and never answered stays so for whoever signs in next, and is done once', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs(await newOperator('operator'));
  const { customerId } = await db().wallet.findUniqueOrThrow({
    where: { id: (await fundedWallet(page, '10.00')).id },
  });
  await page.goto(`/customers/${customerId}`);
  const body = unique('Llamó por la tarde');
  const send = page.getByRole('button', { name: 'Agregar nota' });
  await page.getByLabel('Nota nueva').fill(body);
  await cutNextAnswer(page);
  await send.click();
  await expect(page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' })).toBeVisible();

  const other = await newOperator('operator');
  await page.context().clearCookies();
  await send.click();
  const dialog = page.getByRole('dialog', { name: 'Tu sesión terminó' });
  await expect(dialog).toContainText('lo que enviaste antes puede que ya se haya hecho');
  // Closed, the next press opens it again.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await send.click();
  await dialog.getByLabel('Correo electrónico').fill(other.email);
  await dialog.getByLabel('Contraseña').fill(other.password);
  await dialog.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(dialog).toBeHidden();
  await send.click();
  const now = page.getByRole('alert').filter({ hasText: `Ahora entró ${other.name}` });
  await expect(now).toContainText('puede que ya se haya hecho');
  await send.click();
  await expect(page.getByRole('alert').filter({ hasText: 'lo envió otra persona' })).toBeVisible();
  const notes = await openedNotes(db(), await db().note.findMany({ where: { subjectId: customerId ?? '' } }));
  expect(notes.map((note) => note.body)).toEqual([body]);
});

/** Presses on as a person would, until the withdrawal is there. */
async function insist(page: Page): Promise<void> {
  const asked = page.getByRole('heading', { level: 1, name: /^Retiro de/ });
  const button = page.getByRole('button', { name: /^(Solicitar|Enviar) retiro$/ }).filter({ visible: true });
  const reload = page.getByRole('button', { name: 'Recargar' });
  await expect(async () => {
    if (await asked.isVisible()) return;
    if (await reload.isVisible()) await reload.click({ timeout: 2_000 });
    else if (await button.isVisible()) await button.dblclick({ timeout: 2_000 });
    await expect(asked).toBeVisible({ timeout: 300 });
  }).toPass({ intervals: [50] });
}

/** Each sending of the form meets the next cut. */
async function meet(route: Route, page: Page, cuts: Cut[]): Promise<void> {
  const request = route.request();
  if (request.method() !== 'POST' || request.headers()['next-action'] === undefined) return route.fallback();
  switch (cuts.shift()) {
    case 'answer_lost':
      await arrive(route);
      return route.abort('connectionreset');
    case 'question_lost':
      return route.abort('connectionrefused');
    case 'bad_gateway':
      await arrive(route);
      return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
    case 'reload':
      await arrive(route);
      await page.reload();
      return;
    case 'time_out':
      await arrive(route);
      // The answer stays out for longer than anybody waits.
      return page.clock.fastForward(61_000);
    case 'twice':
      await arrive(route);
      return route.fallback();
    default:
      return route.fallback();
  }
}

/** A connection that the server ends in the very moment in which it is used again says nothing of the form: once more. */
function arrive(route: Route) {
  return route.fetch({ maxRetries: 3 });
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
function rolling(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
