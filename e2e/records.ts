import { expect, type Page } from '@playwright/test';
import { fintocTakesFee } from '~/e2e/breaks';
import { type Locale, type LocalFintoc, unique } from '~/e2e/fixtures';
import { actorOf, newWallet, SOON } from '~/e2e/given';
import { companyUnderReview, companyWithKyb, companyWithoutKyb, review } from '~/e2e/kyb';
import { planned } from '~/e2e/planned';
import { isOfRecord } from '~/e2e/routes';
import { someClabe } from '~/e2e/steps';
import type { OperatorActor } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { openCase } from '~/lib/cases/cases';
import { returnDeposit } from '~/lib/deposits/deposits';
import { placeHold, releaseHold } from '~/lib/holds/holds';
import { getEvent } from '~/lib/inbox/read';
import { replayEvents } from '~/lib/inbox/replay';
import { findOpenBreak } from '~/lib/proof/breaks-read';
import { getAccountProof } from '~/lib/proof/read';
import { proveNow } from '~/lib/proof/resolve';
import { ANYBODY } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { enableAsset } from '~/lib/wallets/opening';
import { listWallets } from '~/lib/wallets/wallets';
import { getWithdrawal } from '~/lib/withdrawals/read';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';

type Words = Record<Locale, string | RegExp>;

/** A page, and what of it is seen only after a click: the panels of its tabs, and its dialogs. */
export type View = { path: string; tabs?: Words[]; dialogs?: Words[] };

/** Lists whose first record is looked at too. */
const LISTS = [
  '/deposits/all',
  '/withdrawals/all',
  '/customers',
  '/entities',
  '/account-numbers',
  '/inbox',
  '/inbox/refused',
  '/proof',
  '/ledger',
  '/ledger/transactions',
  '/settings/terms',
];

/**
 * Something of every kind, so that no list is looked at empty, and the page of each. The product's verbs make it:
 * what is looked at is how it shows.
 */
export async function someRecords(operator: Page, admin: Page, fintoc: LocalFintoc): Promise<View[]> {
  const actor = await actorOf(operator);
  // Side by side, because most of it is waiting for the worker.
  const views = await Promise.all([
    moneyOut(actor),
    planned(actor),
    moneyWithoutWallet(fintoc),
    moneyToSendBack(actor),
    kybs(actor, fintoc),
    events(actor, fintoc),
    broken(actor, fintoc),
  ]);
  const firsts = await Promise.all(LISTS.map(async (list) => ({ path: await firstRecord(admin, list) })));
  const customer = await firstRecord(admin, '/customers');
  return [...views.flat(), ...firsts, { path: `${customer}/edit` }, { path: `${customer}/looks` }];
}

const again = () => ({ requestId: crypto.randomUUID() });

/** A wallet with money, one without, a paid and a waiting withdrawal, and an adjustment. */
async function moneyOut(actor: OperatorActor): Promise<View[]> {
  const [empty, { id }] = [await newWallet(actor, 'A'), await newWallet(actor, 'A', 90_000_00n)];
  await enableAsset(actor, { walletId: empty.id, asset: 'USD', ...again() });
  const pay = (amount: bigint, comment?: string) =>
    requestWithdrawal(actor, {
      walletId: id,
      amount,
      destination: someClabe(),
      beneficiaryName: 'Berta Ruiz',
      comment,
      ...again(),
    });
  const paid = await pay(10_00n, 'Renta');
  await expect.poll(async () => (await getWithdrawal(ANYBODY, paid.id)).status, SOON).toBe('succeeded');
  const waiting = await pay(60_000_00n);
  const house = (await listWallets(ANYBODY, { kind: ['house'] })).items.find(
    ({ houseRole }) => houseRole === 'operating',
  );
  const adjustment = await requestAdjustment(actor, {
    fromWalletId: id,
    toWalletId: house?.id,
    amount: 15_00n,
    reason: 'Comisión cobrada de más',
    ...again(),
  });
  const hold = await placeHold(actor, {
    ...{ walletId: id, asset: 'MXN', amount: 120_00n, reason: 'Orden de un juez', ...again() },
    expiresAt: new Date(Date.now() + 30 * 86_400_000),
  });
  await releaseHold(actor, { holdId: hold.id, amount: 20_00n, reason: 'Era menos', ...again() });
  const close = { 'es-MX': 'Cerrar', en: 'Close' };
  const about = { subjectType: 'withdrawal', subjectId: paid.id } as const;
  const claim = { trackingKey: 'MBAN01002611260001234567', amount: 10_00n, sendingBank: 'Fintoc' };
  const asked = { type: 'withdrawal_claim', note: 'No lo ve', claim } as const;
  const work = await openCase(actor, { ...asked, ...about, ...again() });
  return [
    { path: `/where?q=${paid.id}` },
    { path: `/cases/new?subject=withdrawal&id=${paid.id}` },
    {
      path: `/cases/${work.id}`,
      dialogs: [
        { 'es-MX': 'Entregar', en: 'Hand over' },
        { 'es-MX': 'Cambiar turno o plazo', en: 'Change turn or due time' },
        { 'es-MX': 'Corregir', en: 'Correct' },
        { 'es-MX': 'Cerrar caso', en: 'Close case' },
      ],
    },
    {
      path: `/wallets/${id}`,
      tabs: [
        { 'es-MX': 'Datos y términos', en: 'Details and terms' },
        { 'es-MX': /^Notas/, en: /^Notes/ },
        { 'es-MX': 'Historial', en: 'History' },
      ],
      dialogs: [
        { 'es-MX': 'Congelar', en: 'Freeze' },
        { 'es-MX': 'Simular depósito', en: 'Simulate deposit' },
        close,
      ],
    },
    { path: `/adjustments/exchange?wallet=${empty.id}` },
    { path: '/holds' },
    { path: `/holds/new?wallet=${id}` },
    { path: `/holds/${hold.id}`, dialogs: [{ 'es-MX': 'Liberar', en: 'Release' }] },
    { path: `/holds/${hold.id}/capture` },
    { path: `/holds/${hold.id}/capture?to=${empty.id}` },
    { path: `/wallets/${empty.id}`, dialogs: [close] },
    { path: `/wallets/${empty.id}?asset=USD` },
    { path: `/wallets/${empty.id}/assets/new` },
    { path: '/wallets/new?kind=own' },
    { path: `/adjustments/new?wallet=${empty.id}&asset=USD&other=${house?.id}` },
    { path: `/wallets/${id}/balance` },
    { path: `/wallets/${id}/patterns?to=B` },
    { path: `/movements?wallet=${id}` },
    { path: `/withdrawals/${paid.id}` },
    {
      path: `/withdrawals/${waiting.id}`,
      dialogs: [
        { 'es-MX': 'Aprobar', en: 'Approve' },
        { 'es-MX': 'Rechazar', en: 'Decline' },
        { 'es-MX': 'Cancelar retiro', en: 'Cancel withdrawal' },
      ],
    },
    { path: `/withdrawals/new?wallet=${id}` },
    { path: `/adjustments/new?wallet=${id}` },
    { path: `/adjustments/new?wallet=${id}&other=${house?.id}` },
    { path: `/adjustments/${adjustment.id}`, dialogs: [{ 'es-MX': 'Aprobar', en: 'Approve' }] },
  ];
}

/** A deposit in suspense, with wallets to assign it to. */
async function moneyWithoutWallet(fintoc: LocalFintoc): Promise<View[]> {
  const [root] = (await fintoc.get('/v2/accounts?limit=100')).filter(
    (account: { is_root: boolean }) => account.is_root,
  );
  const number = await fintoc.post('/v2/account_numbers', { account_id: root.id });
  const sender = unique('Remitente');
  await fintoc.post('/v2/simulate/receive_transfer', {
    account_number_id: number.id,
    amount: 1_000,
    currency: 'MXN',
    counterparty_holder_name: sender,
  });
  const deposit = async () => (await listTransfers(ANYBODY, { text: sender })).items[0];
  await expect.poll(async () => (await deposit())?.suspenseReason, SOON).toBeTruthy();
  return [
    {
      path: `/deposits/${(await deposit())?.id}?q=Ana`,
      dialogs: [
        { 'es-MX': /^Asignar/, en: /^Assign/ },
        { 'es-MX': 'Devolver al ordenante', en: 'Return to sender' },
      ],
    },
  ];
}

/** A credited deposit that somebody asked to send back although it was spent. */
async function moneyToSendBack(actor: OperatorActor): Promise<View[]> {
  const { id, name } = await newWallet(actor, 'A', 20_00n);
  await requestWithdrawal(actor, {
    walletId: id,
    amount: 5_00n,
    destination: someClabe(),
    beneficiaryName: 'Berta Ruiz',
    ...again(),
  });
  const [deposit] = (await listTransfers(ANYBODY, { text: name })).items;
  const transferId = deposit?.id ?? '';
  await returnDeposit(actor, { transferId, reason: 'Llegó por error', acceptsLoss: 5_00n });
  return [
    {
      path: `/deposits/${transferId}`,
      dialogs: [
        { 'es-MX': 'Aprobar', en: 'Approve' },
        { 'es-MX': 'Rechazar', en: 'Decline' },
        { 'es-MX': 'Cancelar solicitud', en: 'Cancel request' },
      ],
    },
  ];
}

/** A company at every stage of its KYB: not started, waiting for documents, and rejected with reasons. */
async function kybs(actor: OperatorActor, fintoc: LocalFintoc): Promise<View[]> {
  const [fresh, begun, judged] = await Promise.all([
    companyWithoutKyb(actor),
    companyWithKyb(actor),
    companyUnderReview(actor),
  ]);
  await review(fintoc, judged.entityId, 'reject', { documents: { proof_of_address: 'Vencido' } });
  const steps = (entityId: string) => `/entities/${entityId}/onboarding`;
  return [
    { path: `/wallets/new?customer=${fresh.customerId}&next=kyb` },
    { path: `/wallets/${fresh.walletId}` },
    { path: `/wallets/patterns?customer=${fresh.customerId}` },
    { path: `/customers/${fresh.customerId}` },
    { path: `/entities/for-wallet/${fresh.walletId}` },
    { path: `/entities/${fresh.entityId}` },
    ...[
      'company_information',
      'legal_representatives',
      'transactional_profile',
      'shareholders',
      'review',
    ].map((step) => ({ path: `${steps(fresh.entityId)}?step=${step}` })),
    { path: `/entities/${begun.entityId}` },
    { path: steps(begun.entityId) },
    { path: `/entities/${judged.entityId}` },
    { path: steps(judged.entityId) },
  ];
}

/** A refused delivery, two events that are rehearsed and replayed together, and one that was told in two ways. */
async function events(actor: OperatorActor, fintoc: LocalFintoc): Promise<View[]> {
  const object = `inv_${crypto.randomUUID()}`;
  const event = () => ({
    id: `evt_${crypto.randomUUID()}`,
    object: 'event',
    type: 'invoice.stamped',
    mode: 'test',
    created_at: new Date().toISOString(),
    data: { id: object, object: 'invoice' },
  });
  const told = [event(), event()];
  await fintoc.deliver(event(), '');
  const contradicted = event();
  for (const each of [...told, contradicted]) await fintoc.deliver(each);
  await fintoc.deliver({ ...contradicted, data: { id: object, object: 'invoice', total: 900 } });
  const eventIds = told.map(({ id }) => id);
  for (const id of eventIds)
    await expect.poll(async () => (await getEvent(ANYBODY, id)).state, SOON).toBe('unhandled');
  const replay = await replayEvents(actor, { eventIds });
  const chosen = eventIds.map((id) => `id=${id}`).join('&');
  return [
    { path: `/inbox/replay?${chosen}` },
    { path: `/inbox/replays/${replay.id}` },
    {
      path: `/inbox/${contradicted.id}`,
      dialogs: [{ 'es-MX': 'Marcar como revisado', en: 'Mark as reviewed' }],
    },
  ];
}

/** A break in the proof of a wallet's own account. */
async function broken(actor: OperatorActor, fintoc: LocalFintoc): Promise<View[]> {
  const { accountId } = await newWallet(actor, 'B', 900_00n);
  if (!accountId) throw new Error('A wallet of pattern B has no account.');
  await expect.poll(async () => (await getAccountProof(accountId)).light, SOON).toBe('green');
  await fintocTakesFee(fintoc, accountId, 3_50);
  await proveNow(actor, { accountId });
  await expect.poll(() => findOpenBreak(accountId), SOON).not.toBeNull();
  const found = await findOpenBreak(accountId);
  return [
    { path: `/proof/breaks/${found?.id}` },
    { path: `/proof/accounts/${accountId}` },
    { path: `/proof/accounts/${accountId}/movements` },
  ];
}

/** Where the first link of a list's table leads. Until it does: on a slow day a read may find the database busy. */
async function firstRecord(page: Page, list: string): Promise<string> {
  let record = '';
  const read = async () => {
    const html = await (await page.request.get(list)).text();
    // On a slow day the table comes behind its skeleton, and links that are no record's between the two.
    const behind = html.slice(html.indexOf('<table')).matchAll(/<a [^>]*href="([^"]+)"/g);
    record = [...behind].map(([, href = '']) => href.replaceAll('&amp;', '&')).find(isOfRecord) ?? '';
    return record;
  };
  await expect.poll(read, { ...SOON, message: `${list} has a record` }).not.toBe('');
  return record;
}
