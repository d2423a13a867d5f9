import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyActor, OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { sendStatementMails } from '~/lib/statements/mail';
import { runStatementOrders } from '~/lib/statements/monthly';
import { listOrders, type NewOrder, orderStatements, stopStatements } from '~/lib/statements/orders';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { startMailServer } from '~/lib/testing/mail-server';
import { tellAll, toldTo } from '~/lib/testing/notices';
import { OUTSIDER } from '~/lib/testing/reader';
import { made, writeLines } from '~/lib/testing/statements';
import { tamper } from '~/lib/testing/tampering';

const server = await startMailServer();
process.env.SMTP_URL = server.url;
process.env.MAIL_FROM = 'Monedero <monedero@plataforma.example>';
process.env.PUBLIC_URL = 'https://console.plataforma.example';
withTestDatabase();
afterAll(() => server.stop());

const OCTOBER: [string, string] = ['2025-10-01T06:00:00Z', '2025-11-01T06:00:00Z'];
const ADDRESSES = ['ana@correo.mx', 'conta@empresa.mx'];

let actor: OperatorActor;
let wallet: OpenWallet;
beforeAll(async () => {
  actor = await someOperator('operator');
});
beforeEach(async () => {
  server.received.length = 0;
  wallet = await someWallet();
});

const order = (facts: Partial<NewOrder> = {}, by = actor) =>
  orderStatements(by, {
    ...{ scope: 'wallet', scopeId: wallet.id, mailTo: ADDRESSES, format: 'pdf', locale: 'es-MX' },
    requestId: randomUUID(),
    ...facts,
  });
const row = (id: string) =>
  db().statementOrder.findUniqueOrThrow({
    where: { id },
    include: { months: { orderBy: { month: 'asc' } } },
  });

/** As it would stand had it been made in that month of 2025: everything after it is time that went by. */
const standsAt = ({ id }: { id: string }, month: string) =>
  tamper(
    `UPDATE statement_orders SET next_month = $2::date,
            next_at = ($2::date + interval '1 month') AT TIME ZONE 'America/Mexico_City' WHERE id = $1`,
    [id, month],
  );
/** As it would stand had the month that runs next ended a day ago and no other. */
async function monthPasses({ id }: { id: string }): Promise<void> {
  await tamper(`UPDATE statement_orders SET next_at = now() - interval '1 day' WHERE id = $1`, [id]);
  await runStatementOrders();
}
const closed = ({ id }: OpenWallet) => tamper(`UPDATE wallets SET status = 'closed' WHERE id = $1`, [id]);
const statementsOf = (walletId: string) =>
  db().statement.findMany({ where: { walletId }, orderBy: { fromDay: 'asc' }, include: { mails: true } });
const key: KeyActor = {
  kind: 'key',
  id: randomUUID(),
  name: 'Backend',
  scopes: [],
  limits: {},
  portfolioIds: [],
};
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

describe('an order of monthly statements', () => {
  it('begins with the month that runs now, in the zone where the bank counts its days', async () => {
    const { nextMonth, nextAt, timeZone } = await order();
    const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(new Date());
    expect(timeZone).toBe('America/Mexico_City');
    expect(nextMonth && dayOf(nextMonth)).toBe(`${parts.slice(0, 7)}-01`);
    const [year = 0, month = 0] = parts.split('-').map(Number);
    // Midnight of Mexico City, which keeps no summer time.
    expect(nextAt).toEqual(new Date(Date.UTC(year, month, 1, 6)));
    expect(await runStatementOrders()).toBe(0);
    expect(await statementsOf(wallet.id)).toEqual([]);
  });

  it('sends a month once it is over, exactly once, whichever worker dies when', async () => {
    await fundWallet(wallet, 123_456n);
    await tamper(`UPDATE ledger_entries SET posted_at = '2025-09-15T18:00:00Z' WHERE wallet_id = $1`, [
      wallet.id,
    ]);
    await writeLines(wallet.id, 4, OCTOBER);
    const { id } = await order();
    await standsAt({ id }, '2025-10-01');
    const stolen = async () => {
      await db().queueItem.updateMany({
        where: { queue: 'statement_orders' },
        data: { leaseUntil: new Date(0) },
      });
      await runStatementOrders();
    };
    // All take October; whoever comes late finds it sent, and November after it.
    await Promise.all([runStatementOrders(), stolen(), stolen(), stolen()]);
    await db().queueItem.deleteMany({ where: { queue: 'statement_orders' } });
    while ((await runStatementOrders()) > 0);
    const statements = await statementsOf(wallet.id);
    const days = statements.map(({ fromDay }) => dayOf(fromDay));
    expect(days.slice(0, 3)).toEqual(['2025-10-01', '2025-11-01', '2025-12-01']);
    expect(new Set(days).size).toBe(days.length);
    const { months, nextAt } = await row(id);
    expect(months.map(({ month }) => dayOf(month))).toEqual(days);
    expect(nextAt && nextAt > new Date()).toBe(true);

    const [october] = statements;
    expect(october).toMatchObject({ toDay: new Date('2025-10-31'), format: 'pdf', askedById: actor.id });
    expect(await made({ id: october?.id ?? '' })).toMatchObject({ state: 'ready', lines: 4n });
    while ((await sendStatementMails()) > 0);
    expect(server.received).toHaveLength(ADDRESSES.length * days.length);
    const named = server.received.filter(({ raw }) => raw.includes('estado-de-cuenta-2025-10.pdf'));
    expect(named.map(({ to }) => to).sort()).toEqual(ADDRESSES.map((address) => [address]));
    await expect(
      db().statementOrderMonth.create({ data: { orderId: id, month: new Date('2025-10-01') } }),
    ).rejects.toThrow(/Unique constraint/);
    const audited = await db().auditEntry.findMany({
      where: { subjectId: wallet.id, action: { startsWith: 'statement' } },
      orderBy: { id: 'asc' },
      take: 3,
    });
    expect(
      audited.map(({ action, actorId, after }) => [action, actorId, (after as { orderId?: string }).orderId]),
    ).toEqual([
      ['statement_order.made', actor.id, id],
      ['statement.requested', actor.id, id],
      ['statement.mailed', actor.id, undefined],
    ]);
  });

  it('of a customer skips a month that has nothing to tell, and goes on', async () => {
    const { id } = await order({ scope: 'customer', scopeId: wallet.customerId ?? '' });
    await monthPasses({ id });
    const { months, endedAt } = await row(id);
    expect(months).toMatchObject([{ statementId: null }]);
    expect(endedAt).toBeNull();
    await fundWallet(wallet, 500n);
    await monthPasses({ id });
    expect((await row(id)).months).toMatchObject([
      { statementId: null },
      { statementId: expect.any(String) },
    ]);
  });

  it('is made once, by people who see everybody, of somebody who has an open wallet', async () => {
    const requestId = randomUUID();
    const [one, two] = await Promise.all([order({ requestId }), order({ requestId })]);
    expect(two.id).toBe(one.id);
    await expect(order({ mailTo: [' '] })).rejects.toMatchObject({ fields: { mailTo: 'required' } });
    await expect(order({ mailTo: ['no es correo'] })).rejects.toMatchObject({
      fields: { mailTo: 'email_format' },
    });
    await expect(order({ scopeId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    for (const role of ['viewer', 'support'] as const)
      await expect(order({}, await someOperator(role))).rejects.toMatchObject({ code: 'forbidden' });
    for (let nth = 1; nth < 10; nth += 1) await order();
    await expect(order()).rejects.toMatchObject({ fields: { mailTo: 'too_many_orders' } });
    await closed(wallet);
    await expect(order()).rejects.toMatchObject({ code: 'wallet_not_open' });
    await expect(listOrders(OUTSIDER)).rejects.toMatchObject({ code: 'forbidden' });
    const [shown] = await listOrders({ ...key, scopes: ['lists:export', 'people:read'] });
    expect(shown?.addresses).toEqual(ADDRESSES);
    const [masked] = await listOrders({ ...key, scopes: ['lists:export'] });
    expect([masked?.addresses, masked?.mailedTo]).toEqual([[], 2]);
  });
});

describe('it ends', () => {
  const lastNotice = async (of: OperatorActor) => {
    await tellAll();
    return (await toldTo(of)).findLast(({ kind }) => kind === 'statements_ended');
  };

  it('when somebody stops it, once, and who made it is told if it was somebody else', async () => {
    const [own, theirs] = [await order(), await order()];
    await standsAt(own, '2025-10-01');
    await Promise.all([stopStatements(actor, { id: own.id }), stopStatements(actor, { id: own.id })]);
    expect(await lastNotice(actor)).toBeUndefined();
    const other = await someOperator('auditor');
    await stopStatements(other, { id: theirs.id });
    await expect(stopStatements(actor, { id: theirs.id })).rejects.toMatchObject({
      code: 'already_decided',
      details: { by: other.name },
    });
    expect(await lastNotice(actor)).toMatchObject({
      ...{ kind: 'statements_ended', detail: 'stopped', path: `/wallets/${wallet.id}` },
    });
    while ((await runStatementOrders()) > 0);
    expect(await statementsOf(wallet.id)).toEqual([]);
    expect(await listOrders({ ...key, scopes: ['lists:export'] }, { walletId: wallet.id })).toMatchObject([
      { endedWhy: 'stopped', endedBy: other.name },
      { endedWhy: 'stopped', endedBy: actor.name },
    ]);
  });

  it('when the wallet is closed, after the last month in which anything was booked', async () => {
    await fundWallet(wallet, 100n);
    const { id } = await order();
    await closed(wallet);
    await tamper(`UPDATE ledger_entries SET posted_at = '2025-10-15T18:00:00Z' WHERE wallet_id = $1`, [
      wallet.id,
    ]);
    await standsAt({ id }, '2025-10-01');
    while ((await runStatementOrders()) > 0);
    const { months, endedWhy, nextMonth } = await row(id);
    expect([months.map(({ month }) => dayOf(month)), endedWhy, nextMonth]).toEqual([
      ['2025-10-01'],
      'closed',
      null,
    ]);
    expect(await lastNotice(actor)).toMatchObject({ kind: 'statements_ended', detail: 'closed' });
  });

  it('when whoever made it may not send statements any more, who is told so', async () => {
    const maker = await someOperator('operator');
    const { id } = await order({ scope: 'customer', scopeId: wallet.customerId ?? '' }, maker);
    await db().operator.update({ where: { id: maker.id }, data: { role: 'support' } });
    await monthPasses({ id });
    expect(await row(id)).toMatchObject({ endedWhy: 'maker_gone', months: [] });
    expect(await lastNotice(maker)).toMatchObject({
      ...{ kind: 'statements_ended', detail: 'maker_gone', path: `/customers/${wallet.customerId}` },
    });
    expect(server.received).toEqual([]);
  });
});
