import { describe, expect, it } from 'vitest';
import { listAudit } from '~/lib/audit/read';
import { db, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { linkEntity } from '~/lib/entities/links';
import { askErasure } from '~/lib/erase';
import { ERASED } from '~/lib/erase-words';
import { placeHold } from '~/lib/holds/holds';
import { changeCustomer, createCustomer, getCustomerRow } from '~/lib/people/customers';
import { addNote } from '~/lib/people/notes';
import { createPortfolio } from '~/lib/people/portfolios';
import { verifyBooks } from '~/lib/proof/verify';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { askStatement } from '~/lib/statements/ask';
import { orderStatements } from '~/lib/statements/orders';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { everywhere } from '~/lib/testing/everywhere';
import { fundWallet, someClabe, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { storedOnboarding } from '~/lib/testing/kyb';
import { aWebhook } from '~/lib/testing/planted-webhook';
import { ANYBODY } from '~/lib/testing/reader';
import { openWallet } from '~/lib/wallets/opening';
import { closeWallet } from '~/lib/wallets/status';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const reason = 'Solicitud de cancelación, folio 118';
const PERSON = { taxId: 'OLVA800101QW5', email: 'olvido.total@oculto.mx', phone: '+52 55 8765 0000' };
const NAME = 'Olvido Inolvidable';

/** A customer with a wallet that had money once, a KYB and a note. */
async function someone() {
  const [admin, other] = [await someOperator('admin'), await someOperator('approver')];
  const { id } = await createCustomer(admin, {
    ...{ kind: 'individual', name: NAME, country: 'mx', externalId: `user-${crypto.randomUUID()}` },
    ...{ requestId: crypto.randomUUID(), ...PERSON },
  });
  const wallet = await someWallet();
  await db().wallet.update({ where: { id: wallet.id }, data: { customer: { connect: { id } } } });
  return { admin, other, id, wallet };
}

/** What was said of them word for word: to Fintoc, by Fintoc, and to the platform. */
async function told(id: string, entityId: string): Promise<void> {
  const who = { holder_name: NAME, holder_id: PERSON.taxId, email: PERSON.email, phone: PERSON.phone };
  for (const purpose of [`customer:${id}:entity:${PERSON.taxId}`, `entity:${entityId}:onboarding:1`])
    await db().fintocRequest.create({
      data: { purpose, idempotencyKey: `monedero:${purpose}`, path: '/', body: who, response: who },
    });
  await deliver(
    fintocEvent(
      { id: `onbprc_${id}`, object: 'onboarding', entity_id: entityId, status: 'rejected', data: who },
      { type: 'entity.onboarding.rejected' },
    ),
  );
  const secrets = { ...PERSON, clabe: someClabe('012'), text: NAME };
  await aWebhook(await someOperator('admin'), secrets, 7n);
  await db().webhookDelivery.updateMany({ where: { eventId: 7n }, data: { subjectId: id } });
}

const ask = (actor: Parameters<typeof askErasure>[0], customerId: string) =>
  askErasure(actor, { customerId, reason });

describe('who a customer is', () => {
  it('is erased by an admin and a second person, wherever it stood but in what was booked', async () => {
    const { admin, other, id, wallet } = await someone();
    const entityId = `ent_${id}`;
    const raw = { id: entityId, holder_name: NAME, holder_id: PERSON.taxId, is_root: false, mode: 'test' };
    await transaction((tx) => saveEntity(tx, toEntity(raw)));
    await transaction((tx) => linkEntity(tx, admin, { entityId, customerId: id }));
    const kyb = { data: { company_information: { email: PERSON.email, phone: PERSON.phone } } };
    await storedOnboarding({ id: `onbprc_${id}`, entityId, status: 'rejected', raw: kyb });
    await addNote(admin, { subjectType: 'customer', subjectId: id, body: `Llamó ${NAME}, ${PERSON.phone}` });
    await told(id, entityId);
    const mailed = { mailTo: [PERSON.email], locale: 'en', format: 'pdf' } as const;
    const days = { from: '2026-10-01', to: '2026-10-31', timeZone: 'America/Mexico_City' };
    const statement = await askStatement(admin, {
      ...{ ...mailed, ...days, scope: 'customer', scopeId: id, requestId: crypto.randomUUID() },
    });
    const order = await orderStatements(admin, {
      ...{ ...mailed, scope: 'wallet', scopeId: wallet.id, requestId: crypto.randomUUID() },
    });
    await fundWallet(wallet, 500n);
    await spendFrom(wallet, 500n);
    await closeWallet(admin, { walletId: wallet.id, reason, closedBy: 'customer' });
    const entries = await db().ledgerEntry.count({ where: { walletId: wallet.id } });

    await ask(admin, id);
    expect(await getCustomerRow(ANYBODY, id), 'until somebody decides').toMatchObject(PERSON);
    await approveWaiting(other, { action: 'customer.erase', subjectId: id });

    expect(await getCustomerRow(ANYBODY, id)).toMatchObject({
      ...{ name: ERASED, taxId: '', email: null, phone: null, externalId: null, erasedAt: expect.any(Date) },
    });
    for (const secret of [...Object.values(PERSON), NAME])
      expect(await everywhere(secret), secret).toEqual([]);
    const { items } = await listAudit(ANYBODY, { subjectId: id });
    expect(items.at(0)).toMatchObject({ action: 'customer.erased', actorId: other.id, reason });
    expect(items.at(-1)).toMatchObject({
      action: 'customer.created',
      after: { name: null, taxId: null, email: null },
    });
    // Nothing more goes where their statements went, and where that was nobody writes anew.
    const [mail] = await db().statementMail.findMany({ where: { statementId: statement.id } });
    expect(mail).toMatchObject({ state: 'dead', address: `erased:${mail?.id}` });
    expect(await db().statementOrder.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({
      ...{ addresses: ['erased'], endedWhy: 'closed' },
    });
    await expect(db().statementMail.updateMany({ data: { address: PERSON.email } })).rejects.toThrow();
    await expect(db().statementOrder.updateMany({ data: { addresses: [PERSON.email] } })).rejects.toThrow();
    // A sync says again what Fintoc knows.
    await transaction((tx) => saveEntity(tx, toEntity(raw)));
    await expect(
      storedOnboarding({ id: `onbprc_2${id}`, entityId, status: 'pending', raw: kyb }),
    ).resolves.toBeUndefined();
    for (const secret of [...Object.values(PERSON), NAME])
      expect(await everywhere(secret), secret).toEqual([]);

    expect(await db().ledgerEntry.count({ where: { walletId: wallet.id } })).toBe(entries);
    const faults = await verifyBooks((query) => db().$queryRaw<unknown[]>(query));
    expect(faults).toEqual([]);
  });

  it('is asked for with a reason by an admin who shows that it is they, and done by nobody alone', async () => {
    const { admin, id, wallet } = await someone();
    await closeWallet(admin, { walletId: wallet.id, reason, closedBy: 'customer' });
    for (const role of ['viewer', 'support', 'operator', 'approver', 'auditor'] as const)
      await expect(ask(await someOperator(role), id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask({ ...admin, isProven: false }, id)).rejects.toMatchObject({ code: 'step_up' });
    await expect(askErasure(admin, { customerId: id, reason: 'corto' })).rejects.toMatchObject({
      code: 'invalid',
    });
    const requestId = crypto.randomUUID();
    await askErasure(admin, { customerId: id, reason, requestId });
    await askErasure(admin, { customerId: id, reason, requestId });
    await expect(approveWaiting(admin, { action: 'customer.erase', subjectId: id })).rejects.toThrow();
    expect((await getCustomerRow(ANYBODY, id)).erasedAt).toBeNull();
    expect(await db().approval.count({ where: { action: 'customer.erase', subjectId: id } })).toBe(1);
  });

  it('stays while money, a hold or an open wallet of theirs stands, also where it came after they asked', async () => {
    const { admin, other, id, wallet } = await someone();
    const refused = (obstacle: string) =>
      expect(ask(admin, id)).rejects.toMatchObject({ code: 'not_erasable', details: { obstacle } });
    await fundWallet(wallet, 500n);
    await refused('money');
    await spendFrom(wallet, 500n);
    await refused('open');
    await fundWallet(wallet, 300n);
    await placeHold(admin, {
      ...{
        walletId: wallet.id,
        asset: 'MXN',
        amount: 300n,
        reason,
        expiresAt: { days: 1 },
        requestId: crypto.randomUUID(),
      },
    });
    await refused('money');
    const free = await someone();
    await closeWallet(admin, { walletId: free.wallet.id, reason, closedBy: 'customer' });
    await ask(free.admin, free.id);
    await db().case.create({
      data: {
        ...{ type: 'other', subjectType: 'customer', subjectId: free.id, customerId: free.id },
        ...{ ownerId: admin.id, openedById: admin.id, dueAt: new Date() },
      },
    });
    await expect(
      approveWaiting(other, { action: 'customer.erase', subjectId: free.id }),
    ).rejects.toMatchObject({
      details: { obstacle: 'case' },
    });
    expect(await getCustomerRow(ANYBODY, free.id)).toMatchObject(PERSON);
  });

  it('stays erased: nothing new is theirs, and nobody writes them anew', async () => {
    const { admin, other, id, wallet } = await someone();
    await closeWallet(admin, { walletId: wallet.id, reason, closedBy: 'customer' });
    await ask(admin, id);
    await approveWaiting(other, { action: 'customer.erase', subjectId: id });
    const gone = { code: 'customer_erased' };
    await expect(ask(admin, id)).rejects.toMatchObject(gone);
    await expect(
      changeCustomer(admin, { customerId: id, name: NAME, taxId: PERSON.taxId }),
    ).rejects.toMatchObject(gone);
    await expect(createPortfolio(admin, { customerId: id, name: 'Familia' })).rejects.toMatchObject(gone);
    const opening = {
      customerId: id,
      name: 'Ahorro',
      asset: 'MXN',
      pattern: 'A',
      requestId: crypto.randomUUID(),
    } as const;
    await expect(openWallet(admin, opening)).rejects.toMatchObject(gone);
    const anew = db().customer.update({ where: { id }, data: { name: NAME } });
    await expect(anew).rejects.toMatchObject({ code: 'P2003' });
  });
});
