import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { sealAll, sealSome, verify, whileWrong, withChain } from '~/lib/testing/chains';
import { withTestDatabase } from '~/lib/testing/database';
import { someClabe } from '~/lib/testing/factories';
import { columnsOf, tamper } from '~/lib/testing/tampering';

withTestDatabase();
const { actors, approved, sealedDoings } = withChain();

describe('the chain', () => {
  it('seals every posting, audit row and decision once, and finds nothing wrong with what nobody touched', async () => {
    await sealedDoings();
    const [{ sealed, standing }] = (await tamper<{ sealed: number; standing: number }>(`
      SELECT (SELECT sum(cardinality(ids))::int FROM chain_seals) AS sealed,
        ((SELECT count(*) FROM ledger_transactions) + (SELECT count(*) FROM audit_entries) + (SELECT count(*) FROM chain_decisions))::int AS standing`)) as [
      { sealed: number; standing: number },
    ];
    expect(sealed).toBe(standing);
    expect(
      await db().chainDecision.groupBy({ by: ['decision'], _count: true, orderBy: { decision: 'asc' } }),
    ).toEqual([
      { decision: 'approved', _count: 1 },
      { decision: 'cancelled', _count: 1 },
      { decision: 'declined', _count: 1 },
      { decision: 'requested', _count: 3 },
    ]);
    expect(await verify()).toEqual([]);
  });

  it('waits for what has its id and is not committed yet, and then seals it', async () => {
    await sealAll();
    const slow = new pg.Client({ connectionString: process.env.DATABASE_URL ?? '' });
    await slow.connect();
    const audit = (id: string) => `
      INSERT INTO audit_entries (actor_kind, actor_name, action, subject_type, subject_id) VALUES ('system', 'x', 'x.y', 'wallet', '${id}')`;
    await slow.query(`BEGIN; ${audit('slow')}`);
    await db().$executeRawUnsafe(audit('fast'));
    for (let nth = 0; nth < 4; nth += 1) await sealSome();
    await slow.query('COMMIT');
    await slow.end();
    await sealAll();
    expect(await verify()).toEqual([]);
    const last = await db().chainSeal.findFirst({
      where: { kind: 'audit_entries' },
      orderBy: { number: 'desc' },
    });
    const rows = await db().auditEntry.findMany({
      where: { subjectId: { in: ['slow', 'fast'] } },
      orderBy: { id: 'asc' },
    });
    expect(last?.ids).toEqual(rows.map(({ id }) => id));
  });

  it('is sealed by one worker at a time', async () => {
    await approved();
    await Promise.all(Array.from({ length: 8 }, sealAll));
    await sealAll();
    expect(await verify()).toEqual([]);
  });
});

describe('what somebody with every right did is named', () => {
  const ruleOf = (table: string) => `a sealed row of ${table} stays as it was`;

  it.each([
    ['an amount', 'amount = amount + 1', 'amount = amount - 1'],
    ['a wallet', `kind = kind || 'x'`, `kind = left(kind, -1)`],
    [
      'a time',
      `effective_at = effective_at + interval '1 second'`,
      `effective_at = effective_at - interval '1 second'`,
    ],
  ])('%s of an entry, changed', async (_what, wrong, right) => {
    const { id } = await sealedDoings();
    const transaction = await db().ledgerTransaction.findFirstOrThrow({ where: { withdrawalId: id } });
    const entry = `WHERE transaction_id = ${transaction.id} AND line = 1`;
    const faults = await whileWrong(
      `UPDATE ledger_entries SET ${wrong} ${entry}`,
      `UPDATE ledger_entries SET ${right} ${entry}`,
    );
    expect(faults).toMatchObject([
      {
        rule: ruleOf('ledger_transactions'),
        subject: `ledger_transactions ${transaction.id}`,
        actual: expect.stringMatching(/^changed/),
      },
    ]);
    expect(await verify()).toEqual([]);
  });

  it('an account that became somebody else’s, by the first transaction on it', async () => {
    await sealAll();
    const code = `wallet/${actors.wallet.id}/available`;
    const faults = await whileWrong(
      `UPDATE ledger_accounts SET code = 'wallet/other' WHERE code = '${code}'`,
      `UPDATE ledger_accounts SET code = '${code}' WHERE code = 'wallet/other'`,
    );
    const first = await db().ledgerTransaction.findFirstOrThrow({ orderBy: { id: 'asc' } });
    expect(faults).toMatchObject([{ subject: `ledger_transactions ${first.id}` }]);
  });

  it('an audit row, changed or deleted, and one that was put in', async () => {
    await db().$queryRaw`SELECT nextval('audit_entries_id_seq')::text`;
    const { id } = await sealedDoings();
    const row = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: id, action: 'withdrawal.approved' },
    });
    const subject = `audit_entries ${row.id}`;
    expect(
      await whileWrong(
        `UPDATE audit_entries SET actor_name = actor_name || '!' WHERE id = ${row.id}`,
        `UPDATE audit_entries SET actor_name = left(actor_name, -1) WHERE id = ${row.id}`,
      ),
    ).toMatchObject([{ rule: ruleOf('audit_entries'), subject, actual: expect.stringMatching(/^changed/) }]);

    await tamper(`CREATE TABLE kept AS SELECT * FROM audit_entries WHERE id = ${row.id}`);
    expect(
      await whileWrong(
        `DELETE FROM audit_entries WHERE id = ${row.id}`,
        'INSERT INTO audit_entries SELECT * FROM kept',
      ),
    ).toMatchObject([{ rule: ruleOf('audit_entries'), subject, actual: 'deleted' }]);

    const ids = new Set((await db().auditEntry.findMany()).map((entry) => entry.id));
    let free = 1n;
    while (ids.has(free)) free += 1n;
    expect(
      await whileWrong(
        `INSERT INTO audit_entries SELECT ${free}, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id FROM kept`,
        `DELETE FROM audit_entries WHERE id = ${free}`,
      ),
    ).toMatchObject([{ rule: ruleOf('audit_entries'), subject: `audit_entries ${free}`, actual: 'added' }]);
    expect(await verify()).toEqual([]);
  });

  it.each([
    ['its CLABE', (clabe: string) => `destination = '${clabe}'`],
    ['its amount, sealed anew', () => 'amount = 1, request_hash = NULL'],
  ])('a withdrawal with another than was decided on: %s', async (_what, change) => {
    const { id } = await sealedDoings();
    await tamper(`CREATE TABLE IF NOT EXISTS withdrawals_kept AS SELECT * FROM withdrawals WHERE false`);
    await tamper(`INSERT INTO withdrawals_kept SELECT * FROM withdrawals WHERE id = '${id}'`);
    const columns = await columnsOf('withdrawals');
    const faults = await whileWrong(
      `UPDATE withdrawals SET ${change(someClabe('012'))} WHERE id = '${id}'`,
      `DELETE FROM withdrawals WHERE id = '${id}'; INSERT INTO withdrawals (${columns}) SELECT ${columns} FROM withdrawals_kept WHERE id = '${id}'`,
    );
    expect(faults).toMatchObject([
      { rule: 'a withdrawal is what was asked for and decided on', subject: `withdrawal ${id}` },
    ]);
  });

  it.each([
    [
      'its approver',
      'UPDATE approval_decisions SET operator_id = a.asked_by_id FROM approvals a WHERE a.id = approval_id',
    ],
    ['no approval', 'DELETE FROM approval_decisions USING approvals a WHERE a.id = approval_id'],
    ['no approval of it', `UPDATE approvals a SET facts = facts - 'requestHash' WHERE true`],
  ])('a withdrawal with another than was decided on: %s', async (_what, change) => {
    const { id } = await sealedDoings();
    const approval = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    await tamper(`CREATE TABLE approvals_kept AS SELECT * FROM approvals WHERE id = '${approval.id}'`);
    await tamper(
      `CREATE TABLE decisions_kept AS SELECT * FROM approval_decisions WHERE approval_id = '${approval.id}'`,
    );
    const faults = await whileWrong(
      `${change} AND a.id = '${approval.id}'`,
      `DELETE FROM approval_decisions WHERE approval_id = '${approval.id}'; INSERT INTO approval_decisions SELECT * FROM decisions_kept;
       DELETE FROM approvals WHERE id = '${approval.id}'; INSERT INTO approvals SELECT * FROM approvals_kept;
       DROP TABLE approvals_kept, decisions_kept`,
    );
    expect(faults).toMatchObject([
      { rule: 'a withdrawal is what was asked for and decided on', subject: `withdrawal ${id}` },
    ]);
  });

  it('a decision, deleted', async () => {
    const { id } = await sealedDoings();
    const decision = await db().chainDecision.findFirstOrThrow({
      where: { withdrawalId: id, decision: 'approved' },
    });
    await tamper(
      'CREATE TABLE decision_kept AS SELECT * FROM chain_decisions WHERE id = $1'.replace(
        '$1',
        String(decision.id),
      ),
    );
    const faults = await whileWrong(
      `DELETE FROM chain_decisions WHERE id = ${decision.id}`,
      'INSERT INTO chain_decisions SELECT * FROM decision_kept',
    );
    expect(faults).toMatchObject([
      { rule: ruleOf('chain_decisions'), subject: `chain_decisions ${decision.id}`, actual: 'deleted' },
      { rule: 'a withdrawal is what was asked for and decided on', subject: `withdrawal ${id}` },
    ]);
  });

  it('a seal that was made to fit a changed row, and one that was taken out', async () => {
    await sealedDoings();
    const seal = await db().chainSeal.findFirstOrThrow({
      where: { kind: 'audit_entries' },
      orderBy: { number: 'desc' },
    });
    await tamper(`CREATE TABLE seals_kept AS SELECT * FROM chain_seals WHERE number = ${seal.number}`);
    const back = `DELETE FROM chain_seals WHERE number = ${seal.number}; INSERT INTO chain_seals SELECT * FROM seals_kept`;
    for (const wrong of [
      `UPDATE chain_seals SET hashes[1] = sha256('forged') WHERE number = ${seal.number}`,
      `DELETE FROM chain_seals WHERE number = ${seal.number}`,
    ]) {
      const faults = await whileWrong(wrong, back);
      expect(faults).toContainEqual(
        expect.objectContaining({
          rule: 'each seal follows from the one before it',
          subject: `seal ${seal.number}`,
        }),
      );
    }
    expect(await verify()).toEqual([]);
  });
});
