import { closeCase, openCase } from '~/lib/cases/cases';
import { db } from '~/lib/db';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { addNote } from '~/lib/people/notes';
import { freezeWallet } from '~/lib/wallets/status';
import { chileHappenings } from '~/prisma/company/chile';
import { type Company, type Happening, type Purse, requestId } from '~/prisma/company/company';
import { kybHappenings } from '~/prisma/company/kyb';
import { deposit, payOut, prove, someArrival } from '~/prisma/company/money';
import { somePayer } from '~/prisma/company/people';
import { MAGIC_CLABES } from '~/sandbox/scenarios';
import type { Dice } from '~/scripts/chaos/dice';

type Act = Omit<Happening, 'at'>;

/** What is out of the ordinary, by the day on which it happens. */
export function happenings(company: Company, days: number): (nth: number) => Act[] {
  const dice = company.dice.for('happenings');
  const all = [
    ...suspenses(company, dice),
    ...returns(company, dice),
    ...payoutsThatFail(company, dice),
    ...frozen(company, dice),
    ...aBreak(company),
    ...kybHappenings(company, dice),
    ...chileHappenings(company, dice),
  ];
  return (nth) => all.filter(({ at }) => Math.floor(at * (days - 1)) === nth);
}

/** Money to a CLABE that is no wallet's, of which nobody knows whose it is: assigned, sent back, or still waiting. */
function suspenses(company: Company, dice: Dice): Happening[] {
  const arrives = (at: number, minute: number) => ({ at, minute, does: () => arriveUnnamed(company, dice) });
  const fates = [
    { at: 0.08, does: (id: string) => assign(company, dice, id) },
    { at: 0.24, does: (id: string) => sendBack(company, id) },
    { at: 0.46, does: (id: string) => assign(company, dice, id) },
    { at: 0.71, does: (id: string) => sendBack(company, id) },
  ];
  return [
    ...fates.flatMap(({ at, does }) => [
      arrives(at, 11 * 60 + 12),
      { at, minute: 16 * 60 + 5, does: async () => does(await oldestSuspended()) },
    ]),
    ...[0.93, 0.975, 0.99].map((at, nth) => arrives(at, 9 * 60 + 51 + nth * 97)),
  ];
}

async function arriveUnnamed(company: Company, dice: Dice): Promise<void> {
  const [purse] = company.purses;
  if (!purse) return;
  const root = await db().account.findFirstOrThrow({ where: { isRoot: true, asset: 'MXN' } });
  // Made in Fintoc's Dashboard, for whatever it was.
  const { id: numberId } = await company.world.fintoc<{ id: string }>('POST', '/v2/account_numbers', {
    ...{ account_id: root.id, description: 'Cobranza sucursales' },
  });
  const nobodys: Purse = { ...purse, numberId, payers: [somePayer(dice, 'person')], balance: 0 };
  const comment = dice.pick(['Para mi monedero', 'Depósito', 'Pago', 'Abono a mi cuenta']);
  await deposit(company, [{ ...someArrival(dice, nobodys), comment }]);
}

async function oldestSuspended(): Promise<string> {
  const found = await db().transfer.findFirstOrThrow({
    where: { suspenseSince: { not: null }, returnRequestedAt: null },
    orderBy: { suspenseSince: 'asc' },
  });
  return found.id;
}

async function assign({ staff, purses }: Company, dice: Dice, transferId: string): Promise<void> {
  const { walletId } = dice.pick(purses.filter(({ asset }) => asset === 'MXN'));
  const reason = 'El cliente mandó su comprobante: usó una CLABE de otra sucursal.';
  const { request } = await assignDeposit(staff.operator, {
    transferId,
    walletId,
    reason,
    requestId: requestId('assign'),
  });
  if (request) await approveDepositRequest(staff.approver, { requestId: request.id });
}

async function sendBack(company: Company, transferId: string): Promise<void> {
  const { staff, world } = company;
  await prove();
  const reason = 'Nadie lo reclamó y el remitente pidió su devolución.';
  const { request } = await returnDeposit(staff.operator, {
    transferId,
    reason,
    requestId: requestId('return'),
  });
  if (request) await approveDepositRequest(staff.approver, { requestId: request.id });
  await world.settle();
}

/** Deposits of customers that go back to who sent them; the last one waits for somebody to decide. */
function returns(company: Company, dice: Dice): Happening[] {
  const arrive = async () => {
    const purse = dice.pick(
      company.purses.filter(({ asset, kind }) => asset === 'MXN' && kind === 'individual'),
    );
    await deposit(company, [{ ...someArrival(dice, purse), comment: 'Pago duplicado' }]);
  };
  const newest = () =>
    db().transfer.findFirstOrThrow({ where: { comment: 'Pago duplicado' }, orderBy: { createdAt: 'desc' } });
  const goBack = async () => sendBack(company, (await newest()).id);
  const ask = async () => {
    const { id: transferId } = await newest();
    const reason = 'El remitente pagó dos veces la misma factura.';
    await prove();
    await returnDeposit(company.staff.operator, { transferId, reason, requestId: requestId('return') });
  };
  return [0.31, 0.64, 0.992].flatMap((at) => [
    { at, minute: 8 * 60 + 47, does: arrive },
    { at, minute: 9 * 60 + 12, does: at < 0.9 ? goBack : ask },
  ]);
}

/** Payouts that the other bank refuses, at once or after it took them, and the questions that come of them. */
function payoutsThatFail(company: Company, dice: Dice): Happening[] {
  const { staff } = company;
  const fail = async (clabe: string): Promise<string | undefined> => {
    const purse = [...company.purses].sort((one, other) => other.balance - one.balance)[dice.int(0, 5)];
    if (!purse) return undefined;
    const payee = { ...somePayer(dice, 'person'), clabe };
    const amount = dice.int(8, 40) * 10_000;
    return (await payOut(company, [{ purse, payee, amount, comment: 'Pago a proveedor' }]))[0];
  };
  const questioned = async (clabe: string, isClosed: boolean) => {
    const subjectId = await fail(clabe);
    if (!subjectId) return;
    const note = 'El cliente pregunta dónde está su retiro: el banco dice que no le llegó.';
    const { id: caseId } = await openCase(staff.support, {
      ...{
        type: 'withdrawal_claim',
        subjectType: 'withdrawal',
        subjectId,
        note,
        requestId: requestId('case'),
      },
    });
    if (isClosed)
      await closeCase(staff.support, {
        caseId,
        note: 'La CLABE era de una cuenta cerrada; ya dio otra.',
        requestId: requestId('case'),
      });
  };
  const { nonExistingAccount, returnedLate, insufficientFunds } = MAGIC_CLABES;
  return [
    { at: 0.19, minute: 12 * 60 + 2, does: () => fail(nonExistingAccount) },
    { at: 0.43, minute: 15 * 60 + 31, does: () => questioned(returnedLate, true) },
    { at: 0.66, minute: 10 * 60 + 48, does: () => fail(insufficientFunds) },
    { at: 0.985, minute: 12 * 60 + 26, does: () => questioned(nonExistingAccount, false) },
  ];
}

/** A wallet that compliance stops; what still comes to it waits in suspense. */
function frozen(company: Company, dice: Dice): Happening[] {
  let stopped: Purse | undefined;
  const freeze = async () => {
    const nth = company.purses.findIndex(({ asset, kind }) => asset === 'MXN' && kind === 'individual');
    [stopped] = company.purses.splice(nth, 1);
    if (!stopped) return;
    const { walletId, customerId } = stopped;
    const reason = 'Oficio de la UIF en revisión';
    await freezeWallet(company.staff.operator, {
      walletId,
      reason,
      deposits: 'suspend',
      requestId: requestId('freeze'),
    });
    await addNote(company.staff.support, {
      ...{ subjectType: 'customer', subjectId: customerId, requestId: requestId('note') },
      body: 'Llamó para preguntar por su cuenta. Se le explicó que está en revisión y se le pidió identificación.',
    });
  };
  const arrive = async () => {
    if (stopped) await deposit(company, [someArrival(dice, stopped)]);
  };
  return [
    { at: 0.81, minute: 14 * 60 + 22, does: freeze },
    { at: 0.87, minute: 10 * 60 + 33, does: arrive },
  ];
}

/** For an afternoon Fintoc states another balance than its movements come to. Nothing leaves until it is right again. */
function aBreak(company: Company): Happening[] {
  const stated = async (by: number) => {
    const { id } = await db().account.findFirstOrThrow({ where: { isRoot: true, asset: 'MXN' } });
    await company.world.fintoc('POST', `/accounts/${id}/stated-balance`, { by });
    await prove();
  };
  return [
    { at: 0.4, minute: 18 * 60 + 40, does: () => stated(125_000) },
    { at: 0.4, minute: 18 * 60 + 44, does: () => prove() },
    { at: 0.4, minute: 20 * 60 + 15, does: () => stated(-125_000) },
  ];
}
