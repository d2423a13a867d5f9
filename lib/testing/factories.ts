import { randomUUID } from 'node:crypto';
import { type OperatorActor, system } from '~/lib/actor';
import { clabeCheckDigit } from '~/lib/clabe';
import { db, type Tx, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { cash, type LedgerAccountSpec, suspense, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { createCustomer } from '~/lib/people/customers';
import type { Customer } from '~/lib/people/kept';
import { columnsOf, customRoleOf } from '~/lib/people/role-of';
import { toAccount, toAccountNumber } from '~/lib/rails/fintoc/translate';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { type CustomRole, nameOfRole, type Permission, type Role } from '~/lib/roles';
import type { TermsFacts } from '~/lib/terms/fields';
import { ensureDefaultTerms } from '~/lib/terms/terms';
import { someCause } from '~/lib/testing/causes';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { type AssetWallet, getInAsset } from '~/lib/wallets/asset-wallets';
import { houseWallets } from '~/lib/wallets/house';
import type { Withdrawal } from '~/prisma/generated/client';
import type { WalletPattern } from '~/prisma/generated/enums';

/** Who the transfers of lib/testing/deliveries are paid to. */
export const TOLD_BENEFICIARY = '631969456789123456';

let serial = 0;
const next = () => {
  serial += 1;
  return serial;
};

/** A CLABE of our own making, of any bank, with a right check digit. */
export function someClabe(bank = '735'): string {
  const first17 = `${bank}969${String(next()).padStart(11, '0')}`;
  return first17 + clabeCheckDigit(first17);
}

/** A member of staff, in the database as verbs expect to find them. */
export async function someOperator(role: Role = 'operator'): Promise<OperatorActor> {
  const name = `${nameOfRole(role)} ${next()}`;
  const { id } = await db().operator.create({
    data: { email: `${randomUUID()}@monedero.test`, name, ...columnsOf(role), passwordHash: 'none' },
  });
  return { kind: 'operator', id, name, role };
}

/** A role that people made, as if somebody had agreed to it long ago. */
export async function someRole(...permissions: Permission[]): Promise<CustomRole> {
  const made = {
    // Of several processes that share a database each counts for itself.
    name: `role ${next()} ${randomUUID()}`.slice(0, 60),
    permissions: [...new Set<Permission>(['console:read', ...permissions])],
  };
  return customRoleOf(await db().customRole.create({ data: made }));
}

/** The same of the portfolios of these wallets alone. */
export async function someScope(walletIds: string[], ...permissions: Permission[]): Promise<CustomRole> {
  const wallets = await db().wallet.findMany({ where: { id: { in: walletIds } } });
  const portfolioIds = wallets.flatMap(({ portfolioId }) => portfolioId ?? []);
  const { id } = await someRole(...permissions);
  return customRoleOf(await db().customRole.update({ where: { id }, data: { portfolioIds } }));
}

export function someCustomer(facts: Partial<{ name: string; taxId: string }> = {}): Promise<Customer> {
  return createCustomer(system('setup'), {
    kind: 'individual',
    name: facts.name ?? `Ana ${next()}`,
    country: 'mx',
    taxId: facts.taxId ?? 'MUAD800101AB1',
    requestId: randomUUID(),
  });
}

/** Terms of their own: no limits and no fees but those given. */
export async function someTerms(facts: Partial<TermsFacts> = {}) {
  return db().walletTerms.create({ data: { name: `terms ${randomUUID()}`, asset: 'MXN', ...facts } });
}

export type KnownAccount = { id: string; rootNumberId: string; rootNumber: string };

/** An account at Fintoc as a sync would have brought it, without a Fintoc to ask. */
export async function someAccount({ isRoot = false } = {}): Promise<KnownAccount> {
  const entity = { id: 'ent_root', holder_name: 'Plataforma', holder_id: 'ND', is_root: true, mode: 'test' };
  const account = { id: `acc_${next()}`, rootNumberId: `acno_${next()}`, rootNumber: someClabe() };
  await transaction(async (tx) => {
    await saveEntity(tx, toEntity(entity));
    await saveAccount(
      tx,
      toAccount({
        id: account.id,
        currency: 'MXN',
        available_balance: 0,
        is_root: isRoot,
        root_account_number: account.rootNumber,
        root_account_number_id: account.rootNumberId,
        status: 'active',
        mode: 'test',
        entity,
      }),
    );
  });
  await someNumber(account.id, { id: account.rootNumberId, number: account.rootNumber, isRoot: true });
  return account;
}

/** An account number as a sync would have brought it. */
export async function someNumber(
  accountId: string,
  facts: { id?: string; number?: string; isRoot?: boolean; metadata?: object } = {},
) {
  const { id = `acno_${next()}`, number = someClabe(), isRoot = false, metadata = {} } = facts;
  const raw = {
    id,
    number,
    metadata,
    account_id: accountId,
    status: 'enabled',
    is_root: isRoot,
    mode: 'test',
  };
  await transaction((tx) => saveAccountNumber(tx, toAccountNumber(raw)));
  return { id, number, accountId };
}

export type OpenWallet = AssetWallet & { accountId: string; numberId: string; number: string };

/** An open wallet of a customer: with a CLABE under a shared account (A), or with an account of its own (B, C). */
export async function someWallet(
  facts: Partial<Pick<AssetWallet, 'status' | 'termsId' | 'kind'>> & {
    pattern?: WalletPattern;
    account?: KnownAccount;
  } = {},
): Promise<OpenWallet> {
  const { pattern = 'A', status = 'open' } = facts;
  const customer = await someCustomer();
  const account = facts.account ?? (await someAccount());
  const number =
    pattern === 'A'
      ? await someNumber(account.id)
      : { id: account.rootNumberId, number: account.rootNumber, accountId: account.id };
  const termsId = facts.termsId ?? (await transaction((tx) => ensureDefaultTerms(tx, 'MXN'))).id;
  const { id } = await db().wallet.create({
    data: {
      ...{ kind: 'customer', status, name: `Monedero ${next()}`, customerId: customer.id },
      assets: {
        create: {
          ...{
            asset: 'MXN',
            state: status === 'opening' ? 'opening' : 'open',
            termsId,
            rail: 'fintoc',
            pattern,
          },
          ...{ accountId: account.id, accountNumberId: number.id },
        },
      },
    },
  });
  const wallet = await getInAsset(db(), id, 'MXN');
  return { ...wallet, accountId: account.id, numberId: number.id, number: number.number };
}

/** Puts money into a wallet, as a deposit would have that Fintoc's movements show. */
export async function fundWallet(wallet: OpenWallet, amount: bigint): Promise<void> {
  await transaction((tx) => fund(tx, wallet.accountId, walletAccount(wallet, 'available'), amount));
}

async function fund(tx: Tx, accountId: string, to: LedgerAccountSpec, amount: bigint): Promise<void> {
  const cause = someCause(`fund:${randomUUID()}`);
  await postTransaction(tx, {
    cause,
    kind: 'deposit',
    effectiveAt: new Date(),
    lines: [debit(cash(accountId, 'MXN'), amount), credit(to, amount)],
  });
  const { id: entryId } = await tx.ledgerEntry.findFirstOrThrow({
    where: { transaction: { causeId: cause.id }, amount: { gt: 0 } },
  });
  await tx.proofExemption.create({ data: { entryId, accountId } });
}

/** Gives the platform funds of its own, as money that was assigned to it would. */
export async function fundHouse(amount: bigint): Promise<void> {
  const { id } = await someAccount();
  await transaction(async (tx) => {
    const { operating } = await houseWallets(tx, 'MXN');
    await fund(tx, id, walletAccount(operating, 'available'), amount);
  });
}

/** Takes money out of a wallet, as an adjustment would. */
export async function spendFrom(wallet: OpenWallet, amount: bigint): Promise<void> {
  await transaction((tx) =>
    postTransaction(tx, {
      cause: someCause(`test:spend:${randomUUID()}`),
      kind: 'adjustment',
      effectiveAt: new Date(),
      lines: [debit(walletAccount(wallet, 'available'), amount), credit(suspense('MXN'), amount)],
    }),
  );
}

/** A withdrawal that was sent and whose answer is still out, with its money held. */
export async function someSentWithdrawal(
  wallet: OpenWallet,
  requester: OperatorActor,
  facts: { amount?: bigint; fee?: bigint; destination?: string } = {},
): Promise<Withdrawal> {
  const { amount = 10_000n, fee = 0n, destination = TOLD_BENEFICIARY } = facts;
  return transaction(async (tx) => {
    const withdrawal = await tx.withdrawal.create({
      data: {
        walletId: wallet.id,
        accountId: wallet.accountId,
        asset: 'MXN',
        amount,
        feeAmount: fee,
        ...{ destinationKind: 'clabe', destination },
        status: 'submitting',
        firstSeen: true,
        requestedById: requester.id,
        requestId: randomUUID(),
        submittedAt: new Date(),
        submitAttempts: 1,
        leaseUntil: new Date(Date.now() + 60_000),
      },
    });
    await postTransaction(tx, {
      cause: { kind: 'withdrawal', id: withdrawal.id, step: 'hold' },
      kind: 'withdrawal_hold',
      effectiveAt: new Date(),
      withdrawalId: withdrawal.id,
      lines: [
        debit(walletAccount(wallet, 'available'), amount + fee),
        credit(walletAccount(wallet, 'reserved'), amount + fee),
      ],
    });
    return withdrawal;
  });
}
