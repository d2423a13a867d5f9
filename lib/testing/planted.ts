import { randomUUID } from 'node:crypto';
import { type OperatorActor, system } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { db, transaction } from '~/lib/db';
import { createRequest } from '~/lib/deposits/requests';
import { saveEntity } from '~/lib/entities/entities';
import { placeHold } from '~/lib/holds/holds';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { createCustomer } from '~/lib/people/customers';
import { addNote, type NoteSubject } from '~/lib/people/notes';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { someCause } from '~/lib/testing/causes';
import { fintocEvent, fintocTransfer } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { storedOnboarding } from '~/lib/testing/kyb';
import { aBeneficiary } from '~/lib/testing/planted-beneficiary';
import { aMove } from '~/lib/testing/planted-move';
import { aWebhook } from '~/lib/testing/planted-webhook';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { Prisma } from '~/prisma/generated/client';

let serial = 0;

/** Of one record: what nobody may find of it who may not see whose it is. `text` is what somebody wrote of it. */
export type Secrets = ReturnType<typeof someSecrets>;

function someSecrets() {
  serial += 1;
  const nth = String(serial).padStart(2, '0');
  const secrets = {
    clabe: someClabe('012'),
    taxId: `SECA8001${nth}QW5`,
    email: `secreto.${nth}@oculto.mx`,
    phone: `+525587654${nth}1`,
  };
  const { clabe, taxId, email, phone } = secrets;
  const text = `Pago a ${clabe} de ${email} (${taxId}), tel ${phone}; gracias`;
  return { ...secrets, text, all: Object.values(secrets) };
}

type Told = { id: string; secrets: Secrets };

export type Planted = Record<'customer' | 'entity' | 'transfer' | 'unexplained' | 'withdrawal', Told> & {
  /** Of what is about nobody whom we know. */
  nobody: Secrets;
  wallet: OpenWallet;
  operator: OperatorActor;
  approver: OperatorActor;
};

/** Records of one person and of all that they pay and get, each with secrets of its own. */
export async function plant(): Promise<Planted> {
  const [operator, approver] = [await someOperator('operator'), await someOperator('approver')];
  const wallet = await someWallet({ pattern: 'B' });
  await fundWallet(wallet, 1_000_000n);
  const planted = {
    customer: await aCustomer(wallet),
    entity: await anEntity(),
    transfer: await aTransfer(wallet),
    unexplained: await anUnexplainedPayout(wallet),
    withdrawal: await aWithdrawal(wallet, operator),
    nobody: someSecrets(),
  };
  const { customer, entity, transfer, withdrawal, nobody } = planted;
  for (const [subject, { id, secrets }] of Object.entries({ customer, entity, transfer, withdrawal }))
    await addNote(operator, { subjectType: subject as NoteSubject, subjectId: id, body: secrets.text });
  const asked = { kind: 'return', transferId: transfer.id, walletId: wallet.id } as const;
  await transaction((tx) => createRequest(tx, operator, { ...asked, reason: transfer.secrets.text }));
  await ofNobody(wallet, nobody, { operator, approver });
  await aWebhook(operator, nobody, BigInt(serial));
  return { ...planted, wallet, operator, approver };
}

async function aCustomer(wallet: OpenWallet) {
  const secrets = someSecrets();
  const { taxId, email, phone, text } = secrets;
  const { id } = await createCustomer(system('setup'), {
    ...{ kind: 'individual', name: 'Nadia Oculta', country: 'mx', requestId: randomUUID() },
    ...{ taxId, email, phone },
  });
  await db().wallet.update({
    where: { id: wallet.id },
    data: { customer: { connect: { id } }, statusReason: text },
  });
  await db().walletAsset.updateMany({ where: { walletId: wallet.id }, data: { openingError: text } });
  return { id, secrets };
}

async function anEntity() {
  const secrets = someSecrets();
  const id = `ent_planted_${serial}`;
  const { taxId, email, phone, clabe, text } = secrets;
  const raw = { id, holder_name: 'Textiles Ocultos', holder_id: taxId, is_root: false, mode: 'test' };
  await transaction((tx) => saveEntity(tx, toEntity({ ...raw, email, phone, remarks: text })));
  const kyb = {
    status: 'rejected',
    data: { company_information: { settlement_account: clabe, email, phone, business: text } },
    shareholders: [{ id: 'sh_1', name: 'Nadia', last_name: 'Oculta', holder_id: taxId, percentage: 100 }],
    documents: [{ key: 'deed', status: 'rejected', file_name: `${email}.pdf`, reason: text }],
  };
  await storedOnboarding({ id: `onbprc_${id}`, entityId: id, status: 'rejected', raw: kyb });
  return { id, secrets };
}

async function aTransfer(wallet: OpenWallet) {
  const secrets = someSecrets();
  const id = `tr_planted_${serial}`;
  await db().transfer.create({
    data: {
      ...{ id, direction: 'inbound', ...transferred(wallet, secrets) },
      ...{ accountNumberId: wallet.numberId, accountNumber: wallet.number, walletId: wallet.id },
      ...{ suspenseReason: 'wallet_frozen', suspenseSince: new Date() },
    },
  });
  await anEvent(id, wallet, secrets);
  return { id, secrets };
}

/** One that left without us, and the break that says so. */
async function anUnexplainedPayout(wallet: OpenWallet) {
  const secrets = someSecrets();
  const id = `tr_planted_${serial}`;
  await db().transfer.create({
    data: { id, direction: 'outbound', purpose: 'unexplained', ...transferred(wallet, secrets) },
  });
  await db().unexplainedPayout.create({ data: { transferId: id, reason: 'no_mark', walletId: wallet.id } });
  await db().proofBreak.create({
    data: {
      ...{
        accountId: wallet.accountId,
        asset: 'MXN',
        kind: 'unexplained_payout',
        subject: id,
        transferId: id,
      },
      ...{ expected: 0n, actual: 1n, difference: -1n, cure: 'explain', at: new Date() },
    },
  });
  return { id, secrets };
}

function transferred(wallet: OpenWallet, { clabe, taxId, text, email, phone }: Secrets) {
  return {
    ...{ state: 'succeeded' as const, status: 'succeeded', amount: 1_234n, asset: 'MXN' },
    ...{ accountId: wallet.accountId, origin: 'webhook', mode: 'test', transactedAt: new Date() },
    ...{ counterpartyName: `Nadia ${email}`, counterpartyNumber: clabe, counterpartyTaxId: taxId },
    ...{ comment: text, receiptUrl: `https://cep.test/${phone}`, errorReason: text, returnReason: text },
  };
}

/** What Fintoc told of a transfer, with what came under the same id and differs, and why it wasn't understood. */
async function anEvent(transferId: string, wallet: OpenWallet, { clabe, taxId, text, email }: Secrets) {
  const transfer = fintocTransfer({
    id: transferId,
    accountId: wallet.accountId,
    beneficiary: clabe,
    comment: text,
  });
  const told = { ...transfer, counterparty: { ...transfer.counterparty, holder_id: taxId, email } };
  const { id, ...event } = fintocEvent(told);
  const body = JSON.stringify({ id, ...event });
  const headers = { 'user-agent': text };
  await db().inboxEvent.create({
    data: {
      ...{ id, type: String(event.type), objectId: transferId, mode: 'test', state: 'dead', headers, body },
      ...{ lastError: text, occurredAt: new Date(), conflicts: 1 },
      contents: {
        create: {
          bodyHash: 'x'.repeat(64),
          body,
          bodyBytes: body.length,
          headers,
          verifiedBy: 'environment',
        },
      },
    },
  });
}

async function aWithdrawal(wallet: OpenWallet, { id: requestedById }: OperatorActor) {
  const secrets = someSecrets();
  const { clabe, taxId, text, email } = secrets;
  const { id } = await db().withdrawal.create({
    data: {
      ...{ walletId: wallet.id, accountId: wallet.accountId, asset: 'MXN', amount: 4_321n, feeAmount: 0n },
      ...{
        destinationKind: 'clabe',
        destination: clabe,
        beneficiaryName: `Omar ${email}`,
        beneficiaryTaxId: taxId,
      },
      ...{
        comment: text,
        printedName: `OMAR ${clabe}`,
        printedComment: `PAGO ${clabe}`,
        failureCode: 'other',
        failureDetail: text,
      },
      ...{ status: 'failed', firstSeen: true, requestedById, requestId: randomUUID() },
    },
  });
  return { id, secrets };
}

async function aSchedule(wallet: OpenWallet, { id: requestedById }: OperatorActor, secrets: Secrets) {
  const { text, clabe, taxId, email } = secrets;
  await db().schedule.create({
    data: {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 100n, destinationKind: 'clabe', destination: clabe },
      ...{ beneficiaryName: `Omar ${email}`, beneficiaryTaxId: taxId, comment: text, requestedById },
      ...{
        every: 'month',
        timeZone: 'America/Mexico_City',
        startsOn: new Date('2099-01-31'),
        nextAt: new Date('2099-01-31'),
      },
    },
  });
}

/** A file with a line that nobody could read and one that goes to somebody. */
async function aBatch(
  wallet: OpenWallet,
  { id: requestedById }: OperatorActor,
  { text, clabe, email }: Secrets,
) {
  const asked = {
    walletId: wallet.id,
    amount: 100n,
    feeAmount: 0n,
    destination: clabe,
    name: `Omar ${email}`,
  };
  await db().withdrawalBatch.create({
    data: {
      ...{ fileName: `${email}.csv`, fileHash: 'x', asset: 'MXN', decision: text, requestedById },
      rows: {
        create: [
          {
            line: 2,
            cells: { destination: `${clabe}0`, name: text },
            faults: { destination: 'clabe_length' },
          },
          { line: 3, cells: { destination: clabe }, faults: {}, destinationKind: 'clabe', ...asked },
        ],
      },
    },
  });
}

type Hands = { operator: OperatorActor; approver: OperatorActor };

/** Of people whom these books don't know: what anybody wrote about anything. */
async function ofNobody(wallet: OpenWallet, secrets: Secrets, { operator, approver }: Hands) {
  const { text, clabe, email } = secrets;
  const other = await someWallet();
  await requestAdjustment(operator, {
    ...{ fromWalletId: wallet.id, toWalletId: other.id, amount: 500n },
    ...{ reason: text, requestId: randomUUID() },
  });
  await placeHold(operator, {
    ...{ walletId: wallet.id, asset: 'MXN', amount: 300n, reason: text, requestId: randomUUID() },
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await blockBeneficiary(approver, { number: clabe, reason: text });
  await aBatch(wallet, operator, secrets);
  await aSchedule(wallet, operator, secrets);
  await aBeneficiary(wallet, operator, secrets);
  await aMove(wallet, operator, text);
  await addNote(operator, { subjectType: 'wallet', subjectId: wallet.id, body: text });
  await transaction((tx) =>
    postTransaction(tx, {
      ...{
        cause: someCause(`test:planted:${randomUUID()}`),
        kind: 'adjustment',
        note: text,
        effectiveAt: new Date(),
      },
      lines: [
        debit(walletAccount(wallet, 'available'), 100n),
        credit(walletAccount(other, 'available'), 100n),
      ],
    }),
  );
  const body = JSON.stringify({ data: { email, counterparty: { account_number: clabe } }, text });
  await db().refusedDelivery.create({
    data: {
      ...{ reason: 'wrong_secret', secrets: [], headers: { from: email }, body },
      bodyBytes: body.length,
    },
  });
  await db().refusedDelivery.create({
    data: { ...{ reason: 'wrong_secret', secrets: [], headers: {}, body: body.slice(0, -9) }, bodyBytes: 1 },
  });
  await db().syncRun.create({ data: { error: text, counts: Prisma.DbNull } });
  await db().pollRun.create({ data: { until: new Date(), error: text } });
}
