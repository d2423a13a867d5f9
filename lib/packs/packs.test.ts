import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { askPack, listPacks } from '~/lib/packs/ask';
import { readyPack, takePack } from '~/lib/packs/file';
import { HELD } from '~/lib/packs/held';
import { forgetPacks, workPacks } from '~/lib/packs/make';
import { getCustomerRow } from '~/lib/people/customers';
import { listLooks } from '~/lib/people/looks';
import { addNote } from '~/lib/people/notes';
import { ROLES } from '~/lib/roles';
import { audited } from '~/lib/testing/audited';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  someCustomer,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const reason = 'Solicitud de acceso del titular';

async function taken(actor: OperatorActor, id: string): Promise<Record<string, string>> {
  const { body } = await takePack(actor, { id });
  const files = unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
}

async function someMovedWallet() {
  const wallet = await someWallet();
  await fundWallet(wallet, 900_00n);
  return { wallet, customerId: wallet.customerId ?? '' };
}

describe('all that is held of a customer', () => {
  it('is one JSON and a CSV of each kind, of this customer and nobody else', async () => {
    const [admin, operator] = [await someOperator('admin'), await someOperator('operator')];
    const [{ wallet, customerId }, other] = [await someMovedWallet(), await someMovedWallet()];
    const sent = await someSentWithdrawal(wallet, operator);
    await addNote(operator, {
      ...{ subjectType: 'customer', subjectId: customerId, body: 'Llamó ayer' },
      requestId: crypto.randomUUID(),
    });
    // More than JSON's readers keep apart.
    const large = '9007199254740993';
    await tamper('UPDATE ledger_entries SET balance_after = $1 WHERE wallet_id = $2', [large, wallet.id]);
    const { id } = await askPack(admin, { customerId, reason });
    while ((await workPacks()) > 0);
    const files = await taken(admin, id);
    const [chunk] = await db().personPackChunk.findMany({ where: { packId: id } });
    // As any ZIP begins.
    expect(Buffer.from(chunk?.bytes ?? []).includes('PK\x03\x04'), 'sealed').toBe(false);
    const { taxId } = await getCustomerRow(ANYBODY, customerId);
    const everything = JSON.parse(files['everything.json'] ?? '');
    expect(everything).toMatchObject({
      customerId,
      customers: [{ id: customerId, tax_id: taxId }],
      wallets: [{ id: wallet.id }],
      notes: [{ body: 'Llamó ayer' }],
    });
    expect(everything.withdrawals.map((row: { id: string }) => row.id)).toContain(sent.id);
    expect(everything.ledger_entries.length).toBeGreaterThan(1);
    expect(Object.keys(everything).sort()).toEqual(['customerId', 'madeAt', ...Object.keys(HELD)].sort());
    const [row] = parse(files['customers.csv'] ?? '', { columns: true, bom: true, trim: true });
    expect(row).toMatchObject({ id: customerId, tax_id: taxId });
    const [registered] = everything.audit_entries;
    expect(registered).toMatchObject({ action: 'customer.created', after: { taxId } });
    const entries = parse(files['ledger_entries.csv'] ?? '', { columns: true, bom: true });
    expect(entries).toHaveLength(everything.ledger_entries.length);
    for (const all of [entries, everything.ledger_entries])
      expect(all.map((entry: { balance_after: unknown }) => entry.balance_after)).toContain(large);
    const said = Object.values(files).join('');
    expect(said).not.toContain(other.customerId);
    expect(said).not.toContain(other.wallet.id);
  });

  it('is asked for by an admin, for a reason that is audited, and who takes it is written down', async () => {
    const { id: customerId } = await someCustomer();
    for (const role of ROLES.filter((each) => each !== 'admin')) {
      const actor = await someOperator(role);
      await expect(askPack(actor, { customerId, reason })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listPacks(actor, { customerId })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(takePack(actor, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const admin = await someOperator('admin');
    await expect(askPack(admin, { customerId, reason: 'corto' })).rejects.toMatchObject({ code: 'invalid' });
    const stale = askPack({ ...admin, isProven: false }, { customerId, reason });
    await expect(stale).rejects.toMatchObject({ code: 'step_up' });
    const requestId = crypto.randomUUID();
    const { id } = await askPack(admin, { customerId, reason, requestId });
    expect((await askPack(admin, { customerId, reason, requestId })).id, 'sent again').toBe(id);
    await expect(takePack(admin, { id }), 'not yet').rejects.toMatchObject({ code: 'conflict' });
    while ((await workPacks()) > 0);
    // Whoever finds the browser open minutes later takes nothing away.
    for (const take of [takePack, readyPack])
      await expect(take({ ...admin, isProven: false }, { id })).rejects.toMatchObject({ code: 'step_up' });
    await readyPack({ ...admin, isProven: true }, { id });
    await taken(admin, id);
    const acts = { subjectId: customerId, action: { startsWith: 'customer.pack' } };
    expect(await audited(acts)).toMatchObject([
      { action: 'customer.pack_requested', actorId: admin.id, reason },
      { action: 'customer.pack_downloaded', actorId: admin.id },
    ]);
    expect((await listLooks(admin, { customerId })).items).toMatchObject([
      { way: 'pack', about: id, reason },
    ]);
  });

  it('is not made for who may ask no more, and gone after its days', async () => {
    const { id: customerId } = await someCustomer();
    const [gone, admin] = [await someOperator('admin'), await someOperator('admin')];
    const orphan = await askPack(gone, { customerId, reason });
    await db().operator.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const { id } = await askPack(admin, { customerId, reason });
    while ((await workPacks()) > 0);
    const left = await db().personPack.findUniqueOrThrow({ where: { id: orphan.id } });
    expect(left).toMatchObject({ state: 'failed', failure: 'asker_gone' });
    await taken(admin, id);
    await tamper(`UPDATE person_packs SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    await expect(takePack(admin, { id })).rejects.toMatchObject({ code: 'statement_expired' });
    expect(await forgetPacks()).toBe(1);
    expect(await db().personPackChunk.count({ where: { packId: id } })).toBe(0);
    await expect(takePack(admin, { id })).rejects.toMatchObject({ code: 'statement_expired' });
  });

  /** Of whose rows others tell, or that hold nothing of the person: why they are not in the file. */
  const ELSEWHERE = [
    ...[
      'data_look_customers',
      'person_pack_chunks',
      'outbox_events',
      'webhook_deliveries',
      'ledger_usage_days',
    ],
    ...['ledger_transactions', 'proof_breaks', 'chain_decisions', 'approvals', 'approval_shadows'],
    ...['pattern_moves', 'pattern_payments', 'unexplained_payouts', 'withdrawal_batch_rows', 'schedule_runs'],
    ...['accounts', 'notices'],
  ];

  it('leaves out no table that says whose its rows are', async () => {
    const rows = await db().$queryRaw<{ name: string }[]>`
      SELECT DISTINCT c.table_name::text AS name FROM information_schema.columns c
      JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.column_name ~ '^(from_|to_|used_|marked_|owner_)?(customer|wallet|entity|subject|beneficiary|case|withdrawal)_id$'`;
    const known = new Set([...Object.keys(HELD), ...ELSEWHERE]);
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});
