import {
  correctableAccounts,
  getAdjustment,
  getCorrectedAccount,
  listAdjustments,
  sumAdjustments,
} from '~/lib/adjustments/read';
import { listKeys } from '~/lib/api/keys';
import { waitingAbout } from '~/lib/approvals/read';
import { listAudit, namesOfSubjects } from '~/lib/audit/read';
import { getBatch, listBatches, listBatchRows } from '~/lib/batches/read';
import { getBeneficiary, listBeneficiaries } from '~/lib/beneficiaries/read';
import { getLedgerTransactionPage, listJournal } from '~/lib/books/books';
import { listDayAccounts } from '~/lib/books/day';
import { listDayLines } from '~/lib/books/day-lines';
import { explainLedgerAccount, explainWalletBalance } from '~/lib/books/explain';
import { searchAudit, searchLedgerTransactions } from '~/lib/books/named';
import { caseSubject, getCase } from '~/lib/cases/read';
import { cashBoard } from '~/lib/cash/board';
import { db } from '~/lib/db';
import { depositEffects } from '~/lib/deciding/effects';
import { inboxTotals, listInbox } from '~/lib/deciding/inbox';
import { listDepositRequests, waitingRequest } from '~/lib/deposits/requests-read';
import { suggestedWallets } from '~/lib/deposits/suggestions';
import { listSuspense, sumSuspense } from '~/lib/deposits/waiting';
import { listEntitiesOf } from '~/lib/entities/links';
import { listEntities } from '~/lib/entities/list';
import { getEntityPage, getOnboardingRecord } from '~/lib/entities/read';
import { find, findAgain } from '~/lib/find/find';
import { getHold, listHolds } from '~/lib/holds/read';
import { listPollRuns } from '~/lib/inbox/poll-runs';
import { getEvent, listEvents } from '~/lib/inbox/read';
import { getRefused, listRefused } from '~/lib/inbox/refused';
import { listReplayed } from '~/lib/inbox/replay';
import { listSyncRuns } from '~/lib/inbox/sync';
import { latestOfCustomer, listMovements, sumMovements } from '~/lib/movements/movements';
import { comparePatterns } from '~/lib/patterns/compare';
import { listMoves } from '~/lib/patterns/read';
import { namesakesOf } from '~/lib/people/called';
import { getCustomer, listCustomers } from '~/lib/people/customers';
import { listNotes } from '~/lib/people/notes';
import { portfoliosNamed, searchPortfolios } from '~/lib/people/portfolios';
import type { Reader } from '~/lib/people/sight';
import { getBreak, listBreaks } from '~/lib/proof/breaks-read';
import { getNamedProof, listNamedProofs } from '~/lib/proof/named';
import { payoutOf } from '~/lib/proof/payout-read';
import { listSchedules } from '~/lib/schedules/read';
import { foundSince, latestStandstill } from '~/lib/standstill/found';
import type { Planted } from '~/lib/testing/planted';
import { ANYBODY } from '~/lib/testing/reader';
import { historyOf } from '~/lib/transfers/history';
import { getTransferPage, listTransfers, sumTransfers } from '~/lib/transfers/read';
import {
  getAccountNumberPage,
  listAccountNumbers,
  listRootAccounts,
} from '~/lib/wallets/account-numbers-read';
import { listActs } from '~/lib/wallets/acts';
import { getWallet, listWallets } from '~/lib/wallets/wallets';
import { getDelivery } from '~/lib/webhooks/read';
import { whereIs } from '~/lib/whereabouts/find';
import { paymentsOfCustomer, whereTheyAre } from '~/lib/whereabouts/of-customer';
import { NOTHING } from '~/lib/whereabouts/receipt';
import { approvalFacts } from '~/lib/withdrawals/approval-facts';
import { listBlocked } from '~/lib/withdrawals/beneficiaries';
import { getWithdrawal, listWithdrawals, sumWithdrawals } from '~/lib/withdrawals/read';

export type Asked = {
  planted: Planted;
  eventId: string;
  refused: bigint[];
  adjustmentId: string;
  holdId: string;
  postings: bigint[];
  caseIds: string[];
};

const ALL_DAYS = { since: new Date('2000-01-01T00:00:00Z'), before: new Date('2100-01-01T00:00:00Z') };

/** Every read that takes a reader, asked about the records that were planted. */
export const READS: Record<string, (reader: Reader, asked: Asked) => unknown[]> = {
  listAdjustments: (reader) => [listAdjustments(reader, {})],
  listHolds: (reader) => [listHolds(reader, {})],
  getHold: (reader, { holdId }) => [getHold(reader, holdId)],
  getAdjustment: (reader, { adjustmentId }) => [getAdjustment(reader, adjustmentId)],
  correctableAccounts: (reader) => [
    correctableAccounts(reader, { kind: 'house', accountId: null, asset: 'MXN' }),
  ],
  getCorrectedAccount: (reader, { planted }) => [getCorrectedAccount(reader, planted.wallet.accountId)],
  listInbox: (reader, { planted }) => [listInbox({ ...planted.approver, ...as(reader) }, { size: 100 })],
  inboxTotals: (reader, { planted }) => [inboxTotals({ ...planted.approver, ...as(reader) }, {})],
  depositEffects: (reader) => [
    db()
      .depositRequest.findMany({ select: { id: true } })
      .then((rows) =>
        depositEffects(
          reader,
          rows.map(({ id }) => id),
        ),
      ),
  ],
  waitingAbout: (reader) => [waitingAbout(reader, 'beneficiary'), waitingAbout(reader, 'operator')],
  listAudit: (reader) => [listAudit(reader, {}, 1_000)],
  namesOfSubjects: (reader, { planted }) => [
    namesOfSubjects(reader, [{ subjectType: 'withdrawal', subjectId: planted.withdrawal.id }]),
  ],
  listJournal: (reader) => [listJournal(reader, {}, 1_000)],
  getLedgerTransactionPage: (reader, { postings }) =>
    postings.map((id) => getLedgerTransactionPage(reader, id)),
  explainWalletBalance: (reader, { planted }) => [
    explainWalletBalance(reader, { walletId: planted.wallet.id, asset: 'MXN', bucket: 'available' }),
  ],
  explainLedgerAccount: (reader) => [
    db()
      .ledgerAccount.findMany()
      .then((accounts) =>
        Promise.all(accounts.map(({ id }) => explainLedgerAccount(reader, { accountId: id }))),
      ),
  ],
  searchAudit: (reader) => [searchAudit(reader, { text: 'Nadia' })],
  searchLedgerTransactions: (reader) => [searchLedgerTransactions(reader, {})],
  listDayAccounts: (reader) => [listDayAccounts(reader, 'MXN', undefined)],
  listDayLines: (reader) => [
    listDayLines(reader, { asset: 'MXN', figure: 'in', span: ALL_DAYS, timeZone: 'UTC' }),
  ],
  searchPortfolios: (reader) => [searchPortfolios(reader, '')],
  portfoliosNamed: (reader) => [
    db()
      .portfolio.findMany({ select: { id: true } })
      .then((rows) =>
        portfoliosNamed(
          reader,
          rows.map(({ id }) => id),
        ),
      ),
  ],
  listKeys: (reader) => [listKeys(reader)],
  getDelivery: (reader) => [
    db()
      .webhookDelivery.findMany()
      .then((rows) => Promise.all(rows.map((row) => getDelivery(reader, row.endpointId, row.id)))),
  ],
  getCase: (reader, { caseIds }) => caseIds.map((id) => getCase(reader, id)),
  caseSubject: (reader, { planted }) => [
    caseSubject(reader, { subjectType: 'customer', subjectId: planted.customer.id }),
    caseSubject(reader, { subjectType: 'transfer', subjectId: planted.transfer.id }),
    caseSubject(reader, { subjectType: 'withdrawal', subjectId: planted.withdrawal.id }),
  ],
  whereIs: (reader, { planted }) => [whereIs(reader, { ...NOTHING, id: planted.transfer.id })],
  listDepositRequests: (reader) => [listDepositRequests(reader)],
  waitingRequest: (reader, { planted }) => [
    db()
      .transfer.findUniqueOrThrow({ where: { id: planted.transfer.id }, include: { withdrawal: true } })
      .then((transfer) => waitingRequest(reader, transfer)),
  ],
  listSuspense: (reader) => [listSuspense(reader, {})],
  find: (reader, { planted }) => [
    find(reader, planted.withdrawal.secrets.clabe),
    find(reader, planted.customer.secrets.taxId),
    find(reader, planted.customer.id),
    find(reader, planted.transfer.id),
    find(reader, 'Nadia'),
    find(reader, '10000'),
  ],
  findAgain: (reader, { planted }) => [
    findAgain(reader, [
      ...(['customer', 'withdrawal', 'entity', 'wallet'] as const).map((kind) => ({
        kind,
        id: planted[kind].id,
      })),
      { kind: 'deposit', id: planted.transfer.id },
    ]),
  ],
  namesakesOf: (reader, { planted }) => [
    db()
      .customer.findUniqueOrThrow({ where: { id: planted.customer.id } })
      .then(({ name }) => namesakesOf(reader, { id: planted.wallet.id, name })),
  ],
  latestOfCustomer: (reader, { planted }) => [latestOfCustomer(reader, planted.customer.id, 20)],
  paymentsOfCustomer: (reader, { planted }) => [paymentsOfCustomer(reader, planted.customer.id)],
  whereTheyAre: (reader, { planted }) => [
    whereTheyAre(reader, [{ kind: 'withdrawal', id: planted.withdrawal.id, at: new Date() }]),
  ],
  suggestedWallets: (reader, { planted }) => [suggestedWallets(reader, [planted.transfer.id])],
  getEntityPage: (reader, { planted }) => [getEntityPage(reader, planted.entity.id)],
  getOnboardingRecord: (reader, { planted }) => [getOnboardingRecord(reader, `onbprc_${planted.entity.id}`)],
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
  listBreaks: (reader) => [listBreaks(reader, {})],
  listNamedProofs: (reader) => [listNamedProofs(reader, {})],
  getNamedProof: (reader, { planted }) => [getNamedProof(reader, planted.wallet.accountId)],
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
  listActs: (reader, { planted }) => [listActs(reader, 'wallet', planted.wallet.id)],
  getWallet: (reader, { planted }) => [getWallet(reader, planted.wallet.id)],
  comparePatterns: (reader, { planted }) => [
    comparePatterns(reader, { customerId: planted.customer.id, asset: 'MXN' }),
  ],
  listMoves: (reader, { planted }) => [listMoves(reader, { walletId: planted.wallet.id, asset: 'MXN' })],
  approvalFacts: (reader, { planted }) => [approvalFacts(reader, [planted.withdrawal.id])],
  listBlocked: (reader) => [listBlocked(reader)],
  listBeneficiaries: (reader) => [listBeneficiaries(reader)],
  getBeneficiary: (reader) => [
    db()
      .beneficiary.findMany({ select: { id: true } })
      .then((saved) => Promise.all(saved.map(({ id }) => getBeneficiary(reader, id)))),
  ],
  listSchedules: (reader) => [listSchedules(reader)],
  cashBoard: (reader) => [cashBoard(reader)],
  listBatches: (reader) => [listBatches(reader)],
  getBatch: (reader) => [eachBatch((id) => getBatch(reader, id))],
  listBatchRows: (reader) => [eachBatch((batchId) => listBatchRows(reader, { batchId, view: 'all' }))],
  listWithdrawals: (reader) => [listWithdrawals(reader, {})],
  sumWithdrawals: (reader) => [sumWithdrawals(reader, {})],
  sumTransfers: (reader) => [sumTransfers(reader, {})],
  sumSuspense: (reader) => [sumSuspense(reader, {})],
  sumAdjustments: (reader) => [sumAdjustments(reader, {})],
  sumMovements: (reader) => [sumMovements(reader, {})],
  getWithdrawal: (reader, { planted }) => [getWithdrawal(reader, planted.withdrawal.id)],
};

const eachBatch = async (read: (id: string) => Promise<unknown>) =>
  Promise.all((await db().withdrawalBatch.findMany({ select: { id: true } })).map(({ id }) => read(id)));

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
