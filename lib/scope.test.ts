import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { changeClock, closeCase, openCase, reopenCase } from '~/lib/cases/cases';
import { listCases } from '~/lib/cases/read';
import { db } from '~/lib/db';
import { getEntityPage } from '~/lib/entities/read';
import { DomainError } from '~/lib/errors';
import { exportRows } from '~/lib/exports/exports';
import { liveToken } from '~/lib/live';
import { notePage } from '~/lib/people/looks';
import { addNote, listNotes } from '~/lib/people/notes';
import { readerOf, revealPerson } from '~/lib/people/reveals';
import { saveView } from '~/lib/people/saved-views';
import { inScope } from '~/lib/scope';
import { askStatement, type NewStatement } from '~/lib/statements/ask';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import type { Planted } from '~/lib/testing/planted';
import { type Asked, READS } from '~/lib/testing/reads';
import { plantApart, type Scoped, scopedTo } from '~/lib/testing/scoped';
import { listWallets } from '~/lib/wallets/wallets';

withTestDatabase();

/** Two of everything, each in a portfolio of its own, and who sees one of the two. */
let one: Planted;
let two: Planted;
let ofOne: Scoped;
let ofTwo: Scoped;

beforeAll(async () => {
  [one, two] = [await plantApart(), await plantApart()];
  [ofOne, ofTwo] = [await scopedTo(one), await scopedTo(two)];
});

/** Of everything there is, as somebody without a scope knows it. */
async function askedOf(planted: Planted): Promise<Asked> {
  const walletId = planted.wallet.id;
  return {
    planted,
    eventId: (await db().inboxEvent.findFirstOrThrow({ where: { objectId: planted.transfer.id } })).id,
    refused: (await db().refusedDelivery.findMany()).map(({ id }) => id),
    adjustmentId: (await db().adjustment.findFirstOrThrow({ where: { fromWalletId: walletId } })).id,
    holdId: (await db().hold.findFirstOrThrow({ where: { walletId } })).id,
    caseIds: (await db().case.findMany()).map(({ id }) => id),
    postings: (await db().ledgerTransaction.findMany()).map(({ id }) => id),
  };
}

/** What each read answers within a scope; what is refused or isn't there says so in place of it. */
async function answers({ role, ...actor }: Scoped, asked: Asked): Promise<Map<string, string>> {
  return inScope(role, async () => {
    const reader = await readerOf({ ...actor, role });
    const texts = new Map<string, string>();
    for (const [name, read] of Object.entries(READS)) {
      const found = await Promise.allSettled(read(reader, asked));
      texts.set(
        name,
        found.map((each) => (each.status === 'fulfilled' ? said(each.value) : why(each.reason))).join(' '),
      );
    }
    return texts;
  });
}

const said = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? String(each) : each instanceof Map ? [...each] : each,
  );

/** Where to find it is answered with what was asked. */
const echoed = (name: string, { transfer }: Planted) => (name === 'whereIs' ? `"id":"${transfer.id}"` : '\n');

/** P2025: of what a test itself looks for, to ask a read about it. All else is a defect. */
function why(reason: unknown): string {
  if (reason instanceof DomainError) return reason.code;
  if ((reason as { code?: unknown }).code === 'P2025') return 'not_found';
  throw reason;
}

/** What tells of somebody: whatever is written of them, and the ids of what is theirs. */
function marksOf({ customer, entity, transfer, withdrawal, unexplained, nobody, wallet }: Planted): string[] {
  const people = [customer, entity, transfer, withdrawal, unexplained];
  return [...people.flatMap(({ id, secrets }) => [id, ...secrets.all]), ...nobody.all, wallet.id];
}

describe('whose role has a scope', () => {
  it('finds in no read anything of a portfolio that is not theirs', async () => {
    for (const [reader, others] of [
      [ofOne, two],
      [ofTwo, one],
    ] as const)
      for (const asked of [one, two])
        for (const [name, text] of await answers(reader, await askedOf(asked)))
          expect(
            marksOf(others).filter((mark) => text.replaceAll(echoed(name, asked), '').includes(mark)),
            name,
          ).toEqual([]);
  });

  it('reads their own as everybody does, and is told of the house that it is beyond them', async () => {
    const texts = await answers(ofOne, await askedOf(one));
    const own =
      'getWallet listWallets listCustomers getCustomer getWithdrawal listWithdrawals getTransferPage listTransfers listMovements getAdjustment';
    for (const name of [
      ...own.split(' '),
      'listHolds',
      'searchPortfolios',
      'portfoliosNamed',
      'getHold',
      'listNotes',
      'getAccountNumberPage',
      'find',
      'whereIs',
    ])
      expect(marksOf(one).filter((mark) => texts.get(name)?.includes(mark)).length, name).toBeGreaterThan(0);
    for (const name of [
      'listDayLines',
      'listPollRuns',
      'listSyncRuns',
      'listRefused',
      'getDelivery',
      'listKeys',
    ])
      expect(texts.get(name), name).toContain('beyond_scope');
  });

  it('is not told how much stands on a shared account, which is the house’s, and is of an account of their own', async () => {
    const shared = 987_654_321_012n;
    const { accountId } = one.wallet;
    await db().account.update({
      where: { id: accountId },
      data: { isRoot: true, availableBalance: shared, raw: { available_balance: Number(shared) } },
    });
    const said = String(shared);
    for (const [name, text] of await answers(ofOne, await askedOf(one)))
      expect(text.includes(said), name).toBe(false);
    const entityId = (await db().account.findUniqueOrThrow({ where: { id: accountId } })).entityId;
    const accounts = () => getEntityPage(ofOne, entityId).then((page) => page.accounts);
    expect((await inScope(ofOne.role, accounts)).map(({ availableBalance }) => availableBalance)).toContain(
      null,
    );
    await expect(inScope(ofOne.role, () => liveToken('overview'))).rejects.toMatchObject({
      code: 'beyond_scope',
    });
    await db().account.update({ where: { id: accountId }, data: { isRoot: false } });
    expect((await answers(ofOne, await askedOf(one))).get('getWallet')).toContain(said);
  });

  it('does nothing to what is another’s: it isn’t there, and what would name it is refused', async () => {
    const { customer, withdrawal, transfer, wallet } = two;
    const kase = await openCase(await someOperator(), {
      ...{ type: 'other', subjectType: 'customer', subjectId: customer.id },
      ...{ note: 'Pregunta', requestId: randomUUID() },
    });
    const acts: [string, (actor: Scoped) => Promise<unknown>][] = [
      ...(
        [
          ['customer', customer.id],
          ['wallet', wallet.id],
          ['withdrawal', withdrawal.id],
          ['transfer', transfer.id],
          ['case', kase.id],
        ] as const
      ).map(([subjectType, subjectId]): [string, (actor: Scoped) => Promise<unknown>] => [
        `note on a ${subjectType}`,
        (actor) => addNote(actor, { subjectType, subjectId, body: 'Nota' }),
      ]),
      ...(['customer', 'withdrawal', 'transfer'] as const).flatMap(
        (subject): [string, (actor: Scoped) => Promise<unknown>][] => [
          [
            `case on a ${subject}`,
            (actor) =>
              openCase(actor, {
                ...{ type: 'other', subjectType: subject, subjectId: two[subject].id },
                ...{ note: 'Pregunta', requestId: randomUUID() },
              }),
          ],
          [
            `reveal of a ${subject}`,
            (actor) => revealPerson(actor, { subject, id: two[subject].id, reason: 'Quien llama' }),
          ],
        ],
      ),
      ['the clock of a case', (actor) => changeClock(actor, { caseId: kase.id, waitsFor: 'us' })],
      ['the end of a case', (actor) => closeCase(actor, { caseId: kase.id, note: 'Listo' })],
      ['a case again', (actor) => reopenCase(actor, { caseId: kase.id, note: 'Otra vez' })],
      ['a statement', (actor) => askStatement(actor, statementOf(wallet.id))],
    ];
    const before = await countAll();
    for (const [name, act] of acts)
      await expect(
        inScope(ofOne.role, () => act(ofOne)),
        name,
      ).rejects.toEqual(
        expect.objectContaining({ code: name.startsWith('note') ? 'beyond_scope' : 'not_found' }),
      );
    expect(await countAll()).toEqual(before);
  });

  it('does to their own what their role lets them, audited as theirs', async () => {
    const { customer, withdrawal, wallet } = one;
    const made = await inScope(ofOne.role, async () => {
      await addNote(ofOne, { subjectType: 'withdrawal', subjectId: withdrawal.id, body: 'Propia' });
      await revealPerson(ofOne, { subject: 'customer', id: customer.id, reason: 'Verificar a quien llama' });
      await askStatement(ofOne, statementOf(wallet.id));
      await saveView(ofOne, { path: '/wallets', query: 'status=open', name: 'Míos' });
      await notePage(ofOne, customer.id);
      await notePage(ofOne, customer.id);
      const exported: string[] = [];
      const read = (cursor: string | undefined, size: number) => listWallets(ofOne, { cursor }, size);
      await exportRows(ofOne, { list: 'wallets', format: 'csv', filters: {} }, read, async (rows) => {
        exported.push(...rows.map(({ id }) => id));
      });
      expect(exported).toEqual([wallet.id]);
      return openCase(ofOne, {
        ...{ type: 'other', subjectType: 'customer', subjectId: customer.id },
        ...{ note: 'Pregunta', requestId: randomUUID() },
      });
    });
    const acts = await db().auditEntry.findMany({ where: { actorId: ofOne.id }, orderBy: { id: 'asc' } });
    expect(acts.map(({ action }) => action)).toEqual([
      'note.added',
      'person.revealed',
      'statement.requested',
      'list.exported',
      'list.export_ended',
      'case.opened',
    ]);
    const seen = (who: Scoped) => inScope(who.role, () => listCases({}));
    expect((await seen(ofOne)).items.map(({ id }) => id)).toContain(made.id);
    expect((await seen(ofTwo)).items.map(({ id }) => id)).not.toContain(made.id);
    expect(await db().dataLook.count({ where: { actorId: ofOne.id, way: 'page' } })).toBe(1);
    expect(await inScope(ofOne.role, () => listNotes(ofOne, 'withdrawal', withdrawal.id))).not.toEqual([]);
  });
});

const statementOf = (scopeId: string): NewStatement => ({
  ...{ scope: 'wallet', scopeId, from: '2026-10-01', to: '2026-10-31', timeZone: 'America/Mexico_City' },
  ...{ format: 'pdf', locale: 'es-MX', requestId: randomUUID() },
});
async function countAll() {
  const [notes, cases, acts, reveals, statements, audit] = await Promise.all([
    db().note.count(),
    db().case.count(),
    db().caseAct.count(),
    db().reveal.count(),
    db().statement.count(),
    db().auditEntry.count(),
  ]);
  return { notes, cases, acts, reveals, statements, audit };
}
