import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { getAdjustment, listAdjustments } from '~/lib/adjustments/read';
import { waitingAbout } from '~/lib/approvals/read';
import { inboxTotals, listInbox } from '~/lib/approvals-inbox';
import { listAudit, namesOfSubjects } from '~/lib/audit/read';
import { getLedgerTransactionPage, listJournal } from '~/lib/books/books';
import { explainLedgerAccount, explainWalletBalance } from '~/lib/books/explain';
import { db } from '~/lib/db';
import { listDepositRequests, waitingRequest } from '~/lib/deposits/requests-read';
import { listSuspense } from '~/lib/deposits/waiting';
import { listEntitiesOf } from '~/lib/entities/links';
import { listEntities } from '~/lib/entities/list';
import { getEntityPage } from '~/lib/entities/read';
import { listPollRuns } from '~/lib/inbox/poll-runs';
import { getEvent, listEvents } from '~/lib/inbox/read';
import { getRefused, listRefused } from '~/lib/inbox/refused';
import { listReplayed } from '~/lib/inbox/replay';
import { listSyncRuns } from '~/lib/inbox/sync';
import { listMovements } from '~/lib/movements/movements';
import { getCustomer, listCustomers } from '~/lib/people/customers';
import type { Person } from '~/lib/people/masking';
import { listNotes } from '~/lib/people/notes';
import { readerOf, revealPerson } from '~/lib/people/reveals';
import type { Reader } from '~/lib/people/sight';
import { getBreak } from '~/lib/proof/breaks-read';
import { payoutOf } from '~/lib/proof/payout-read';
import { foundSince, latestStandstill } from '~/lib/standstill/found';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { type Planted, plant } from '~/lib/testing/planted';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { historyOf } from '~/lib/transfers/history';
import { getTransferPage, listTransfers } from '~/lib/transfers/read';
import { getAccountNumberPage, listAccountNumbers, listRootAccounts } from '~/lib/wallets/account-numbers';
import { getWallet, listWallets } from '~/lib/wallets/wallets';
import { approvalFacts } from '~/lib/withdrawals/approval-facts';
import { listBlocked } from '~/lib/withdrawals/beneficiaries';
import { getWithdrawal, listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();

/** Two of everything: one is revealed, the other never. */
let one: Planted;
let two: Planted;
beforeAll(async () => {
  [one, two] = [await plant(), await plant()];
  await db().standstill.create({ data: { kind: 'books_older', facts: {} } });
});

type Asked = {
  planted: Planted;
  eventId: string;
  refused: bigint[];
  adjustmentId: string;
  postings: bigint[];
};

/** Every read that takes a reader, asked about the records that were planted. */
const READS: Record<string, (reader: Reader, asked: Asked) => unknown[]> = {
  listAdjustments: (reader) => [listAdjustments(reader, {})],
  getAdjustment: (reader, { adjustmentId }) => [getAdjustment(reader, adjustmentId)],
  listInbox: (reader, { planted }) => [listInbox({ ...planted.approver, ...as(reader) }, { size: 100 })],
  inboxTotals: (reader, { planted }) => [inboxTotals({ ...planted.approver, ...as(reader) }, {})],
  waitingAbout: (reader) => [waitingAbout(reader, 'beneficiary'), waitingAbout(reader, 'operator')],
  listAudit: (reader) => [listAudit(reader, {}, 1_000)],
  namesOfSubjects: (reader, { planted }) => [
    namesOfSubjects(reader, [{ subjectType: 'withdrawal', subjectId: planted.withdrawal.id }]),
  ],
  listJournal: (reader) => [listJournal(reader, {}, 1_000)],
  getLedgerTransactionPage: (reader, { postings }) =>
    postings.map((id) => getLedgerTransactionPage(reader, id)),
  explainWalletBalance: (reader, { planted }) => [
    explainWalletBalance(reader, { walletId: planted.wallet.id, bucket: 'available' }),
  ],
  explainLedgerAccount: (reader) => [
    db()
      .ledgerAccount.findMany()
      .then((accounts) =>
        Promise.all(accounts.map(({ id }) => explainLedgerAccount(reader, { accountId: id }))),
      ),
  ],
  listDepositRequests: (reader) => [listDepositRequests(reader)],
  waitingRequest: (reader, { planted }) => [
    db()
      .transfer.findUniqueOrThrow({ where: { id: planted.transfer.id }, include: { withdrawal: true } })
      .then((transfer) => waitingRequest(reader, transfer)),
  ],
  listSuspense: (reader) => [listSuspense(reader, {})],
  getEntityPage: (reader, { planted }) => [getEntityPage(reader, planted.entity.id)],
  listEntitiesOf: (reader, { planted }) => [listEntitiesOf(reader, planted.customer.id)],
  listEntities: (reader) => [listEntities(reader, {})],
  listPollRuns: (reader) => [listPollRuns(reader)],
  listSyncRuns: (reader) => [listSyncRuns(reader)],
  listEvents: (reader) => [listEvents(reader, {})],
  getEvent: (reader, { eventId }) => [getEvent(reader, eventId)],
  listRefused: (reader) => [listRefused(reader, {})],
  getRefused: (reader, { refused }) => refused.map((id) => getRefused(reader, String(id))),
  listReplayed: (reader) => [listReplayed(reader, crypto.randomUUID())],
  listMovements: (reader) => [listMovements(reader, {}), listMovements(reader, { text: 'gracias' })],
  listCustomers: (reader) => [listCustomers(reader, {}), listCustomers(reader, { text: 'Nadia' })],
  getCustomer: (reader, { planted }) => [getCustomer(reader, planted.customer.id)],
  listNotes: (reader, { planted }) => [
    listNotes(reader, 'wallet', planted.wallet.id),
    ...(['customer', 'entity', 'transfer', 'withdrawal'] as const).map((subject) =>
      listNotes(reader, subject, planted[subject].id),
    ),
  ],
  historyOf: (reader, { planted }) =>
    (['customer', 'entity', 'transfer', 'withdrawal'] as const).map((subject) =>
      historyOf(reader, { person: { subject, id: planted[subject].id } }, subject, planted[subject].id),
    ),
  getBreak: (reader, { planted }) => [
    db()
      .proofBreak.findFirstOrThrow({ where: { transferId: planted.unexplained.id } })
      .then(({ id }) => getBreak(reader, id)),
  ],
  payoutOf: (reader, { planted }) => [payoutOf(reader, planted.unexplained.id)],
  latestStandstill: (reader) => [latestStandstill(reader)],
  foundSince: (reader) => [
    db()
      .standstill.findFirstOrThrow()
      .then((still) => foundSince(reader, still)),
  ],
  listTransfers: (reader) => [listTransfers(reader, {})],
  getTransferPage: (reader, { planted }) => [
    getTransferPage(reader, planted.transfer.id),
    getTransferPage(reader, planted.unexplained.id),
  ],
  listAccountNumbers: (reader) => [listAccountNumbers(reader, {})],
  getAccountNumberPage: (reader, { planted }) => [getAccountNumberPage(reader, planted.wallet.numberId)],
  listRootAccounts: (reader) => [listRootAccounts(reader)],
  listWallets: (reader) => [listWallets(reader, {})],
  getWallet: (reader, { planted }) => [getWallet(reader, planted.wallet.id)],
  approvalFacts: (reader, { planted }) => [approvalFacts(reader, [planted.withdrawal.id])],
  listBlocked: (reader) => [listBlocked(reader)],
  listWithdrawals: (reader) => [listWithdrawals(reader, {})],
  getWithdrawal: (reader, { planted }) => [getWithdrawal(reader, planted.withdrawal.id)],
};

/** The inbox is people's alone, by whom they are; what a reader sees of it is by role and by what they revealed. */
const as = (reader: Reader) => ({
  role:
    reader.kind === 'operator'
      ? reader.role
      : reader === ANYBODY
        ? ('auditor' as const)
        : ('viewer' as const),
  reveals: reader.reveals ?? [],
});

/** What each read answers this reader, as it would leave the house. */
async function answers(reader: Reader): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const planted of [one, two]) {
    const asked: Asked = {
      planted,
      eventId: (await db().inboxEvent.findFirstOrThrow({ where: { objectId: planted.transfer.id } })).id,
      refused: (await db().refusedDelivery.findMany()).map(({ id }) => id),
      adjustmentId: (await db().adjustment.findFirstOrThrow({ where: { fromWalletId: planted.wallet.id } }))
        .id,
      postings: (await db().ledgerTransaction.findMany()).map(({ id }) => id),
    };
    for (const [name, read] of Object.entries(READS)) {
      const found = await Promise.all(read(reader, asked));
      texts.set(name, (texts.get(name) ?? '') + JSON.stringify(found, plain));
    }
  }
  return texts;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...value] : value;
}

const PEOPLE = ['customer', 'entity', 'transfer', 'withdrawal', 'unexplained'] as const;
const secretsOf = (planted: Planted, whose: (typeof PEOPLE)[number] | 'nobody') =>
  whose === 'nobody' ? planted.nobody.all : planted[whose].secrets.all;
const all = () =>
  [one, two].flatMap((planted) => [...PEOPLE, 'nobody' as const].flatMap((who) => secretsOf(planted, who)));

function tellers(texts: Map<string, string>, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) =>
    [...texts].flatMap(([name, text]) => (text.includes(secret) ? [`${name}: ${secret}`] : [])),
  );
}

describe('what is personal', () => {
  it('is there for who may see it, each kind of it in some answer', async () => {
    const texts = await answers(ANYBODY);
    for (const secret of all()) expect(tellers(texts, [secret]), secret).not.toEqual([]);
  });

  it('is in no answer to a viewer, nor to a key that may only read, in free text neither', async () => {
    const viewer = await readerOf(await someOperator('viewer'));
    for (const reader of [viewer, OUTSIDER, await readerOf(await someOperator('support'))])
      expect(tellers(await answers(reader), all())).toEqual([]);
  });

  it.each(PEOPLE)(
    'of one %s is what somebody sees who revealed that one, and of nobody else',
    async (whose) => {
      const support = await someOperator('support');
      const person: Person = { subject: whose === 'unexplained' ? 'transfer' : whose, id: one[whose].id };
      await revealPerson(support, { ...person, reason: 'Verificar la identidad de quien llama' });
      const texts = await answers(await readerOf(support));
      const own = secretsOf(one, whose);
      expect(own.filter((secret) => tellers(texts, [secret]).length > 0).length).toBeGreaterThan(2);
      expect(
        tellers(
          texts,
          all().filter((secret) => !own.includes(secret)),
        ),
      ).toEqual([]);
    },
  );
});

/** Of what screens and routes read, what is nobody's personal data: counts, states, settings, the books, ourselves. */
const OF_NOBODY = new Set(
  (
    'adjustmentTotals correctableAccounts getCorrectedAccount listAlarmMessages listAlarms alarmSettings channels countDecidable ' +
    'countWaiting endedLately fourEyesOff looserFrom payoutConditions auditChoices getLedgerAccountPage ownersOf ' +
    'countDepositRequests returnCover returnWaitsFor suspenseTotals documentRefusal draftSummary heldWithdrawals ' +
    'checkHealth checkReadiness countConflicts listEndpoints readHealth lastPollRun countDeadEvents eventTypes receiveDelivery ' +
    'countWrongSecrets keepRefusal getReplay replayableIds balancesAt walletBalancesAt listLedgerAccounts sumLedgerAccounts ' +
    'trialBalance liveToken booksByAsset firstSteps whatWaits listOperators findOpenBreak listBreaks lastLedgerCheck ' +
    'getAccountProof listAccountProofs listProofMovements listProofs proofSummaries currentActor currentOperator orNotFound ' +
    'renewSession requireOperator getSetting isStandingStill getTerms listTerms approvalRoom countInFlight approvalTotals ' +
    'operatorAction'
  ).split(' '),
);

describe('screens and routes', () => {
  const root = path.resolve(import.meta.dirname, '..');
  const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
  const filesOf = (folder: string) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
      .map((file) => read(`${folder}/${file}`));
  const app = filesOf('app');
  /** Every function of lib that they read with: what asks the database and is no verb, which authorizes by itself. */
  const reads = [
    ...new Set(
      app.flatMap((text) =>
        [...text.matchAll(/import \{([^}]*)\} from '~\/(lib\/[^']+)'/g)].flatMap(([, names = '', file]) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== '' && !name.startsWith('type '))
            .map((name) => `${file} ${name}`),
        ),
      ),
    ),
  ].flatMap((named) => {
    const [file = '', name = ''] = named.split(' ');
    const found = new RegExp(
      `^export (?:(?:async )?function ${name}\\b[\\s\\S]*?^\\}|const ${name}\\b[\\s\\S]*?;$)`,
      'm',
    );
    const text = found.exec(read(`${file}.ts`))?.[0] ?? '';
    const asks = /^export async function|\bPromise<|\bdb\(\)|= cache\(/.test(text);
    return asks && !text.includes('authorize(') ? [{ name, text }] : [];
  });

  it('read nothing personal but as a reader, and each such read is walked above', () => {
    expect(reads.length).toBeGreaterThan(60);
    const unread = reads.filter(({ name }) => !OF_NOBODY.has(name));
    expect(unread.filter(({ text }) => !/\(\s*reader: Reader\b/.test(text)).map(({ name }) => name)).toEqual(
      [],
    );
    expect(unread.filter(({ name }) => !(name in READS)).map(({ name }) => name)).toEqual([]);
    expect([...OF_NOBODY].filter((name) => !reads.some((each) => each.name === name))).toEqual([]);
  });

  it('mask nothing by themselves: they show what they get', () => {
    const masking = /\bmask(Clabe|TaxId|Email|Phone|edText|edBody|edKyb)\b/;
    expect([...app, ...filesOf('components')].filter((text) => masking.test(text))).toEqual([]);
  });

  it('read of what is nobody’s no column that is somebody’s', () => {
    const columns =
      /counterparty_?(tax_?id|number|name)|beneficiary_?(tax_?id|name)|holder_?id|\b(tax_?id|email|phone|comment)\b/i;
    const telling = reads.filter(
      // Whose own session it is isn't somebody else.
      ({ name, text }) => OF_NOBODY.has(name) && name !== 'renewSession' && columns.test(text),
    );
    expect(telling.map(({ name }) => name)).toEqual([]);
  });
});
