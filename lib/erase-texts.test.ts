import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { listAudit } from '~/lib/audit/read';
import { closeCase, openCase } from '~/lib/cases/cases';
import { db, transaction } from '~/lib/db';
import { createRequest } from '~/lib/deposits/requests';
import { askErasure } from '~/lib/erase';
import { placeHold, releaseHold } from '~/lib/holds/holds';
import { askPack } from '~/lib/packs/ask';
import { addNote } from '~/lib/people/notes';
import { revealPerson } from '~/lib/people/reveals';
import { listViews, saveView } from '~/lib/people/saved-views';
import { verifyChain } from '~/lib/proof/chain-verify';
import { verifyBooks } from '~/lib/proof/verify';
import { approveWaiting } from '~/lib/testing/approvals';
import { sealAll } from '~/lib/testing/chains';
import { withTestDatabase } from '~/lib/testing/database';
import { ERASED, WRITTEN } from '~/lib/testing/erased';
import { fundWallet, type OpenWallet, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { aMove } from '~/lib/testing/planted-move';
import { ANYBODY } from '~/lib/testing/reader';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { Prisma } from '~/prisma/generated/client';

withTestDatabase();

/** What people wrote of somebody: nothing gives it away by its form. */
const SAID = 'Remedios, la hija de Aureliano, vive en Fresno 7';
const reason = 'Solicitud de cancelación, folio 118';

/** The columns in which a text stands in some row, however deep in JSON. */
async function standing(text: string): Promise<string[]> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db().$queryRaw<{ column: string }[]>`
      SELECT DISTINCT f.key AS column FROM ${Prisma.raw(`"${name}"`)} t, jsonb_each_text(to_jsonb(t)) f
      WHERE strpos(f.value, ${text}) > 0`;
    found.push(...rows.map(({ column }) => `${name}.${column}`));
  }
  return found;
}

type Hands = { admin: OperatorActor; approver: OperatorActor; support: OperatorActor };

/** Everything that people write down of a customer and their wallet while it comes and goes, by the verbs that take it. */
async function written(wallet: OpenWallet, { admin, support }: Hands): Promise<void> {
  const [customerId, walletId] = [wallet.customerId ?? '', wallet.id];
  const asked = { walletId, reason: SAID };
  await revealPerson(support, { subject: 'customer', id: customerId, reason: SAID });
  for (const [subjectType, subjectId] of [['customer', customerId] as const, ['wallet', walletId] as const])
    await addNote(support, { subjectType, subjectId, body: SAID });
  const opened = await openCase(support, {
    ...{ type: 'other', subjectType: 'customer', subjectId: customerId, note: SAID },
    requestId: crypto.randomUUID(),
  });
  await addNote(support, { subjectType: 'case', subjectId: opened.id, body: SAID });
  await closeCase(support, { caseId: opened.id, note: SAID });
  await askPack(admin, { customerId, reason: SAID });
  await freezeWallet(admin, asked);
  await unfreezeWallet(admin, asked);
  await fundWallet(wallet, 500n);
  const hold = await placeHold(admin, {
    ...{ ...asked, asset: 'MXN', amount: 500n, expiresAt: { days: 1 }, requestId: crypto.randomUUID() },
  });
  await releaseHold(admin, { holdId: hold.id, reason: SAID, requestId: crypto.randomUUID() });
  await spendFrom(wallet, 500n);
}

/** The same of what takes a debt, a deposit, two accounts or two people. */
async function writtenByTwo(wallet: OpenWallet, { admin, approver }: Hands): Promise<void> {
  const now = new Date();
  await aMove(wallet, admin, SAID);
  await db().debtPlan.create({
    data: {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 1n, every: 'week', startsAt: now, reason: SAID },
      ...{ state: 'ended', endedAt: now },
    },
  });
  const { id: transferId } = await db().transfer.create({
    data: {
      ...{ id: `tr_${wallet.id}`, direction: 'inbound', state: 'rejected', status: 'rejected', amount: 7n },
      ...{ asset: 'MXN', accountId: wallet.accountId, walletId: wallet.id, origin: 'webhook', mode: 'test' },
      transactedAt: now,
    },
  });
  await transaction((tx) =>
    createRequest(tx, admin, { kind: 'return', transferId, walletId: wallet.id, reason: SAID }),
  );
  const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: transferId } });
  await db().approvalDecision.create({
    data: {
      ...{ approvalId, verdict: 'declined', reason: SAID },
      ...{ operatorId: approver.id, operatorName: approver.name },
    },
  });
  await db().approval.update({ where: { id: approvalId }, data: { state: 'declined', endedAt: now } });
}

async function someHands(): Promise<Hands> {
  const [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  return { admin, approver, support: await someOperator('support') };
}

const reasonsOf = async (subjectId: string) =>
  (await listAudit(ANYBODY, { subjectId }, 100)).items.map((entry) => entry.reason);

describe('what people wrote of a customer', () => {
  it('goes with who they were, wherever it stood, and the books and the chain stay whole', async () => {
    const [wallet, hands] = [await someWallet(), await someHands()];
    const customerId = wallet.customerId ?? '';
    await written(wallet, hands);
    await writtenByTwo(wallet, hands);
    await closeWallet(hands.admin, { walletId: wallet.id, reason: SAID, closedBy: 'customer' });
    // As anybody else's, who stays.
    const other = await someWallet();
    await written(other, hands);

    const stood = await standing(SAID);
    expect(stood).toEqual(expect.arrayContaining(WRITTEN));
    expect(stood.filter((column) => !Object.values(ERASED).flat().includes(column))).toEqual([]);
    expect(stood, 'the audit log has it sealed').not.toContain('audit_entries.reason');
    expect(await reasonsOf(wallet.id)).toContain(SAID);
    await sealAll();
    await askErasure(hands.admin, { customerId, reason });
    await approveWaiting(hands.approver, { action: 'customer.erase', subjectId: customerId });

    const left = await db().$queryRaw<{ id: string }[]>`
      SELECT id::text AS id FROM notes WHERE body = ${SAID} UNION ALL SELECT id::text FROM reveals WHERE reason = ${SAID}
      UNION ALL SELECT id::text FROM holds WHERE reason = ${SAID}`;
    expect(left.length, 'the other’s alone').toBe(4);
    expect(await db().hold.findMany({ where: { walletId: wallet.id } })).toMatchObject([
      { reason: 'Borrado · Erased', amount: 500n, releasedAmount: 500n, state: 'released' },
    ]);
    expect(await reasonsOf(wallet.id)).not.toContain(SAID);
    expect(await reasonsOf(other.id)).toContain(SAID);
    expect(await reasonsOf(customerId), 'why they were erased').toContain(reason);
    await sealAll();
    const ask = (query: Prisma.Sql) => db().$queryRaw<unknown[]>(query);
    expect(await verifyBooks(ask)).toEqual([]);
    expect(await verifyChain(ask, [])).toEqual([]);

    await closeWallet(hands.admin, { walletId: other.id, reason: SAID, closedBy: 'customer' });
    await askErasure(hands.admin, { customerId: other.customerId ?? '', reason });
    await approveWaiting(hands.approver, { action: 'customer.erase', subjectId: other.customerId ?? '' });
    expect(await standing(SAID)).toEqual([]);
  });

  it('goes by nobody’s hand, and of nobody who is not erased', async () => {
    const [wallet, hands] = [await someWallet(), await someHands()];
    await written(wallet, hands);
    await expect(db().$executeRaw`SELECT erase_texts(${wallet.customerId}::uuid)`).rejects.toThrow();
    for (const sql of [
      `UPDATE notes SET body = ''`,
      `UPDATE holds SET reason = ''`,
      `UPDATE reveals SET reason = ''`,
    ])
      await expect(
        transaction(async (tx) => {
          await tx.$executeRaw`SELECT set_config('monedero.erasing', 'on', true)`;
          await tx.$executeRawUnsafe(sql);
        }),
        sql,
      ).rejects.toThrow();
  });

  it('takes the views along that look for them, and no other', async () => {
    const [wallet, hands] = [await someWallet(), await someHands()];
    const { admin, approver } = hands;
    const customerId = wallet.customerId ?? '';
    await db().customer.update({ where: { id: customerId }, data: { name: 'Úrsula Iguarán' } });
    const clabe = wallet.number.replace(/(\d{6})/g, '$1 ');
    const views = {
      byName: 'q=iguaran+ursula&status=open',
      byNumber: `destination=${encodeURIComponent(clabe)}`,
      ofAnother: 'q=Ursula+Buend%C3%ADa',
      ofNobody: 'status=ursula&kind=iguaran',
    };
    for (const [name, query] of Object.entries(views))
      await saveView(admin, { path: '/wallets', name, query });
    await saveView(admin, { path: '/wallets', name: 'Úrsula Iguarán', query: 'status=frozen' });
    await closeWallet(admin, { walletId: wallet.id, reason, closedBy: 'customer' });
    await askErasure(admin, { customerId, reason });
    await approveWaiting(approver, { action: 'customer.erase', subjectId: customerId });
    const left = await listViews(admin, '/wallets');
    expect(left.map(({ name }) => name).toSorted()).toEqual(['ofAnother', 'ofNobody']);
  });
});
