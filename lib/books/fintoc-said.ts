import { db } from '~/lib/db';

/**
 * What Fintoc itself last said it holds, beside our ledger's cash. A sync is a photograph that may be minutes old,
 * so it is compared with the cash of its own moment, not with that of now. This is no proof: it says nothing of the
 * movements between two photographs.
 */
export type FintocSaid = {
  /** The sum over all accounts of the asset. */
  said: bigint;
  /** Of the account that was asked longest ago. */
  at: Date;
  accounts: number;
  /** unknown: so much has moved since that the moment can't be found again cheaply. */
  agreement: 'equal' | 'differs' | 'unknown';
  /** Ledger cash of that moment minus what Fintoc said. */
  off: bigint;
};

/** Fintoc's clock and ours, and the time between asking and writing down. */
const BEFORE_MS = 60_000;
const AFTER_MS = 5_000;
/** So far back an account's cash is followed. */
const MAX_ENTRIES = 5_000;
const MAX_ACCOUNTS = 200;

type AccountRow = {
  id: string;
  asset: string;
  said: bigint;
  at: Date;
  cash: bigint;
  ledgerAccountId: bigint | null;
};
export type RecentEntry = { amount: bigint; effectiveAt: Date };

/** Per asset, Fintoc's last word and whether the ledger said the same then. */
export async function fintocSaid(): Promise<Map<string, FintocSaid>> {
  const accounts = await db().$queryRaw<AccountRow[]>`
    SELECT a.id, a.asset, a.available_balance AS said, a.synced_at AS at, coalesce(l.balance, 0) AS cash,
           l.id AS "ledgerAccountId"
    FROM accounts a
    LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset`;
  const differing = accounts.filter(({ said, cash }) => said !== cash);
  const recent = await recentEntries(differing.slice(0, MAX_ACCOUNTS));
  const byAsset = new Map<string, FintocSaid>();
  for (const account of accounts) {
    const entries = recent.get(account.id);
    const found =
      account.said === account.cash
        ? EQUAL
        : entries
          ? agreementOf(account, entries)
          : account.ledgerAccountId === null
            ? { agreement: 'differs' as const, off: -account.said }
            : { agreement: 'unknown' as const, off: 0n };
    byAsset.set(account.asset, merge(byAsset.get(account.asset), account, found));
  }
  return byAsset;
}

type Agreement = Pick<FintocSaid, 'agreement' | 'off'>;
const EQUAL: Agreement = { agreement: 'equal', off: 0n };

/** `entries` are the account's latest cash entries, the latest at the bank first. */
export function agreementOf(
  { said, cash, at }: { said: bigint; cash: bigint; at: Date },
  entries: RecentEntry[],
  limit = MAX_ENTRIES,
): Agreement {
  if (said === cash) return EQUAL;
  let balance = cash;
  let then: bigint | null = null;
  for (const { amount, effectiveAt } of entries) {
    const laterMs = effectiveAt.getTime() - at.getTime();
    if (laterMs <= 0) then ??= balance;
    if (laterMs <= AFTER_MS && balance === said) return EQUAL;
    if (laterMs <= -BEFORE_MS) return { agreement: 'differs', off: (then ?? balance) - said };
    balance -= amount;
  }
  if (balance === said && entries.length < limit) return EQUAL;
  if (then === null && entries.length >= limit) return { agreement: 'unknown', off: 0n };
  return { agreement: 'differs', off: (then ?? balance) - said };
}

async function recentEntries(accounts: AccountRow[]): Promise<Map<string, RecentEntry[]>> {
  const byLedgerId = new Map(
    accounts.flatMap(({ id, ledgerAccountId }) => (ledgerAccountId === null ? [] : [[ledgerAccountId, id]])),
  );
  const rows = await db().$queryRaw<(RecentEntry & { accountId: bigint })[]>`
    SELECT l.id AS "accountId", e.amount, e.effective_at AS "effectiveAt"
    FROM ledger_accounts l
    JOIN ledger_entries e ON e.account_id = l.id AND e.sequence > l.sequence - ${MAX_ENTRIES}
    WHERE l.id = ANY (${[...byLedgerId.keys()]}::bigint[])
    ORDER BY e.effective_at DESC, e.sequence DESC`;
  const recent = new Map<string, RecentEntry[]>([...byLedgerId.values()].map((id) => [id, []]));
  for (const { accountId, amount, effectiveAt } of rows) {
    recent.get(byLedgerId.get(accountId) ?? '')?.push({ amount, effectiveAt });
  }
  return recent;
}

/** The worst word of several accounts stands for all. */
function merge(
  before: FintocSaid | undefined,
  { said, at }: AccountRow,
  { agreement, off }: Agreement,
): FintocSaid {
  if (!before) return { said, at, accounts: 1, agreement, off };
  const words = [before.agreement, agreement];
  return {
    said: before.said + said,
    at: before.at < at ? before.at : at,
    accounts: before.accounts + 1,
    agreement: words.includes('differs') ? 'differs' : words.includes('unknown') ? 'unknown' : 'equal',
    off: before.off + off,
  };
}
