import { FIELDS, type Field, type Head } from '~/lib/batches/columns';
import { destinationOf } from '~/lib/batches/destination-cells';
import { type FileCell, type FileRow, MOST_PAYMENTS, unfit } from '~/lib/batches/file';
import { REPEAT_DAYS } from '~/lib/batches/repeats';
import type { Tx } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { readAmount } from '~/lib/money';
import { mainRail, railOf } from '~/lib/rails/registry';
import { feeOf, withdrawalFee } from '~/lib/terms/fees';
import { bareOf } from '~/lib/text';
import { isUuid } from '~/lib/uuid';
import { type AssetWallet, inAsset } from '~/lib/wallets/asset-wallets';
import {
  type Beneficiary,
  checkedBeneficiary,
  checkWallet,
  type Destination,
} from '~/lib/withdrawals/checks';
import { partsAtOnce } from '~/lib/withdrawals/plan';
import { Prisma, type WalletTerms } from '~/prisma/generated/client';

/** What somebody types into one cell at most. */
const MOST_TYPED = 300;

type Cells = Partial<Record<Field, string>>;
type Faults = Partial<Record<Field, string>>;
type Payer = { wallet: AssetWallet; terms: WalletTerms };

/** A line as it was read: paid when nothing is wrong with it. Amounts in the asset's smallest unit. */
export type CheckedRow = {
  line: number;
  /** Which part of the line it is, where its network carries less than all of it at once. */
  part: number;
  parts: number;
  cells: Cells;
  faults: Faults;
  walletId: string | null;
  amount: bigint | null;
  feeAmount: bigint | null;
  destinationKind: Destination['destinationKind'] | null;
  destination: string | null;
  name: string | null;
  bank: string | null;
  repeatsLine: number | null;
  repeatsId: string | null;
};

type Asked = { asset: string; walletId: string | null };

/**
 * Checks every line by what the form of one withdrawal asks, and against each other and what was asked for lately. It
 * says how things are now: each is asked again when its line becomes a withdrawal.
 */
export async function checkRows(tx: Tx, head: Head, rows: FileRow[], asked: Asked): Promise<CheckedRow[]> {
  const typed = rows.map((row) => typedOf(head, row));
  const payers = await payersOf(tx, typed, asked);
  const checked = typed.flatMap((row) => inParts(checkRow(row, payers, asked), payers, asked));
  if (checked.length > MOST_PAYMENTS) throw unfit('too_many_payments');
  await faultBlocked(tx, checked);
  await markRepeats(tx, checked, asked.asset);
  return checked;
}

type TypedRow = { line: number; cells: Cells; rounded: Field[] };

function typedOf({ fields }: Head, { line, cells }: FileRow): TypedRow {
  const found = fields.flatMap((field, nth): [Field, FileCell][] => {
    const cell = cells[nth];
    return field && cell && cell.text.trim() !== '' ? [[field, cell]] : [];
  });
  return {
    line,
    cells: Object.fromEntries(found.map(([field, { text }]) => [field, text.trim().slice(0, MOST_TYPED)])),
    rounded: found.filter(([, { rounded }]) => rounded).map(([field]) => field),
  };
}

/** The wallets that the lines name, by id or by CLABE, as they name them. */
async function payersOf(tx: Tx, rows: TypedRow[], { asset, walletId }: Asked): Promise<Map<string, Payer>> {
  const named = [...new Set(rows.flatMap(({ cells }) => (cells.wallet ? [bareWallet(cells.wallet)] : [])))];
  const ids = [...named.filter(isUuid), ...(walletId ? [walletId] : [])];
  const held = await tx.walletAsset.findMany({
    where: {
      asset,
      OR: [
        { walletId: { in: ids } },
        {
          accountNumber: {
            number: { in: named.filter((each) => !isUuid(each)) },
            status: { not: 'deleted' },
          },
        },
      ],
    },
    include: { wallet: true, terms: true, accountNumber: { select: { number: true } } },
  });
  return new Map(
    held.flatMap(({ wallet, terms, accountNumber, ...of }): [string, Payer][] => {
      const payer = { wallet: inAsset(wallet, of), terms };
      return [
        [wallet.id, payer],
        ...(accountNumber ? [[accountNumber.number, payer] as [string, Payer]] : []),
      ];
    }),
  );
}

const bareWallet = (text: string) =>
  isUuid(text.trim().toLowerCase()) ? text.trim().toLowerCase() : bareOf(text);

function checkRow(row: TypedRow, payers: Map<string, Payer>, { asset, walletId }: Asked): CheckedRow {
  const { line, cells, rounded } = row;
  const payer = payers.get(cells.wallet ? bareWallet(cells.wallet) : (walletId ?? ''));
  const faults: Faults = {};
  const amount = amountIn(cells.amount, asset, faults);
  if (!cells.destination) faults.destination = 'required';
  if (!payer) faults.wallet = cells.wallet ? 'unknown_wallet' : 'wallet_missing';
  const refusal = payer && refusalOf(payer, amount);
  if (refusal) faults[refusal.startsWith('limit') ? 'amount' : 'wallet'] = refusal;
  const to = cells.destination ? beneficiaryOf(payer, cells, { asset, amount: amount ?? 1n }, faults) : null;
  if (to && payer && isOwn(payers, payer, to)) faults.destination = 'beneficiary_is_own_wallet';
  for (const field of rounded) faults[field] = 'number_rounded';
  return {
    ...{ line, part: 1, parts: 1, cells, faults, amount, repeatsLine: null, repeatsId: null },
    walletId: payer?.wallet.id ?? null,
    feeAmount: payer && amount !== null ? feeFor(payer, amount) : null,
    destinationKind: to?.destinationKind ?? null,
    destination: to?.destination ?? null,
    name: to?.name ?? cells.name ?? null,
    bank: to?.bank ?? null,
  };
}

/** What leaves of a line at once, each a row. The fee of the whole stands on the first. */
function inParts(row: CheckedRow, payers: Map<string, Payer>, { asset }: Asked): CheckedRow[] {
  const { amount, faults, walletId } = row;
  const accountId = payers.get(walletId ?? '')?.wallet.accountId;
  if (Object.keys(faults).length > 0 || amount === null || !accountId) return [row];
  try {
    const parts = partsAtOnce(accountId, asset, amount) ?? [amount];
    return parts.map((each, nth) => ({
      ...{ ...row, part: nth + 1, parts: parts.length, amount: each },
      feeAmount: nth === 0 ? row.feeAmount : 0n,
    }));
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return [{ ...row, faults: { amount: 'amount_too_large' } }];
  }
}

function amountIn(text: string | undefined, asset: string, faults: Faults): bigint | null {
  if (text === undefined) {
    faults.amount = 'required';
    return null;
  }
  const reading = readAmount(text, asset);
  if (reading.ok && reading.amount > 0n) return reading.amount;
  faults.amount = reading.ok ? 'amount_not_positive' : `amount_${reading.reason}`;
  return null;
}

/** By the parser of the form; what it refuses stands beside the cell that it is of. */
function beneficiaryOf(
  payer: Payer | undefined,
  cells: Cells,
  { asset, amount }: { asset: string; amount: bigint },
  faults: Faults,
): Beneficiary | null {
  const accountId = payer?.wallet.accountId;
  const rail = accountId ? railOf(accountId) : mainRail();
  const read = destinationOf(cells, rail.facts().payouts[asset]?.institutions ?? []);
  Object.assign(faults, read.faults);
  if (Object.keys(read.faults).length > 0) return null;
  try {
    return checkedBeneficiary(rail, asset, newWithdrawalOf('', '', cells, { amount, to: read.text }));
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    for (const field of FIELDS) {
      const why = error.fields[OF_FORM[field]];
      if (why) faults[field] ??= why;
    }
    return null;
  }
}

/** What the form of a withdrawal calls each. */
const OF_FORM: Record<Field, string> = {
  destination: 'destination',
  bank: 'bank',
  accountType: 'accountType',
  amount: 'amount',
  name: 'beneficiaryName',
  taxId: 'beneficiaryTaxId',
  comment: 'comment',
  reference: 'referenceId',
  wallet: 'walletId',
};

/** The withdrawal that a line asks for. */
export function newWithdrawalOf(
  walletId: string,
  asset: string,
  cells: Cells,
  { amount, to }: { amount: bigint; to: string },
) {
  return {
    ...{ walletId, asset, amount },
    destination: to,
    beneficiaryName: cells.name,
    beneficiaryTaxId: cells.taxId,
    comment: cells.comment,
    referenceId: cells.reference && bareOf(cells.reference),
    requestId: '',
  };
}

function refusalOf({ wallet, terms }: Payer, amount: bigint | null): string | null {
  try {
    checkWallet(wallet, terms);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  const max = terms.withdrawalMaxAmount;
  return max !== null && amount !== null && amount > max ? 'limit_per_withdrawal' : null;
}

/** The house pays itself no fee. */
function feeFor({ wallet, terms }: Payer, amount: bigint): bigint {
  return wallet.kind === 'customer' ? feeOf(withdrawalFee(terms), amount) : 0n;
}

function isOwn(payers: Map<string, Payer>, payer: Payer, { destination }: Beneficiary): boolean {
  return payers.get(destination)?.wallet.id === payer.wallet.id;
}

async function faultBlocked(tx: Tx, rows: CheckedRow[]): Promise<void> {
  const destinations = [...new Set(rows.flatMap(({ destination }) => destination ?? []))];
  const blocked = await tx.blockedBeneficiary.findMany({ where: { destination: { in: destinations } } });
  const known = new Set(blocked.map((each) => `${each.destinationKind} ${each.destination}`));
  for (const row of rows)
    if (known.has(`${row.destinationKind} ${row.destination}`))
      row.faults.destination ??= 'destination_blocked';
}

/** Against the lines above, and against what was asked for in the last days and may pay or has. */
async function markRepeats(tx: Tx, rows: CheckedRow[], asset: string): Promise<void> {
  const sound = rows.filter(({ faults }) => Object.keys(faults).length === 0);
  const first = new Map<string, number>();
  for (const row of sound) {
    const key = paymentOf(row);
    row.repeatsLine = first.get(key) ?? null;
    if (!first.has(key)) first.set(key, row.line);
  }
  if (sound.length === 0) return;
  const places = Prisma.join(
    [...new Set(sound.map(({ walletId }) => walletId))].map((id) => Prisma.sql`${id}::uuid`),
  );
  const asked = await tx.$queryRaw<{ id: string; key: string }[]>`
    SELECT DISTINCT ON (key) d.id::text AS id,
      concat_ws(' ', d.wallet_id, d.destination_kind, d.destination, d.amount) AS key
    FROM withdrawals d
    WHERE d.wallet_id IN (${places}) AND d.asset = ${asset}
      AND d.created_at > now() - make_interval(days => ${REPEAT_DAYS})
      AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected', 'returned')
    ORDER BY key, d.created_at DESC`;
  const latest = new Map(asked.map(({ id, key }) => [key, id]));
  for (const row of sound) row.repeatsId = latest.get(paymentOf(row)) ?? null;
  shareRepeats(sound);
}

/** A line is paid whole or left out whole: what one of its parts repeats, all of them do. */
function shareRepeats(rows: CheckedRow[]): void {
  const lines = new Map<number, Pick<CheckedRow, 'repeatsLine' | 'repeatsId'>>();
  for (const { line, repeatsLine, repeatsId } of rows) {
    const known = lines.get(line);
    lines.set(line, {
      repeatsLine: known?.repeatsLine ?? repeatsLine,
      repeatsId: known?.repeatsId ?? repeatsId,
    });
  }
  for (const row of rows) Object.assign(row, lines.get(row.line));
}

function paymentOf({ walletId, destinationKind, destination, amount }: CheckedRow): string {
  return [walletId, destinationKind, destination, amount].join(' ');
}
