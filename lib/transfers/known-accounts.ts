import { type Queryable, transaction } from '~/lib/db';
import { bringEntity } from '~/lib/entities/entities';
import { isMissing } from '~/lib/rails/failures';
import { railOf } from '~/lib/rails/registry';
import type { Sighting, TransferRow } from '~/lib/transfers/records';
import { saveAccount } from '~/lib/wallets/account-numbers';

/** An account never changes its asset, nor ceases to be ours: what was seen once need not be asked for again. */
const known = new Map<string, string>();
/** Accounts that the rail says it doesn't know, and until when to believe it. */
const strangers = new Map<string, number>();
const STRANGER_MS = 60_000;

/** Accounts that no sync has brought yet: their rail has to be asked for them, outside of any transaction. */
export class UnknownAccounts extends Error {
  readonly ids: string[];

  constructor(ids: string[]) {
    super(`Not known here yet: ${ids.join(', ')}.`);
    this.name = 'UnknownAccounts';
    this.ids = ids;
  }
}

/** Those of the named accounts that are ours, each with its asset. Throws UnknownAccounts. */
export async function knownAccounts(
  client: Queryable,
  sightings: Sighting[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(sightings.map(({ transfer }) => transfer.accountId))].filter(
    (id) => !known.has(id),
  );
  if (ids.length === 0) return known;
  const found = await client.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, asset: true },
  });
  for (const { id, asset } of found) known.set(id, asset);
  const unknown = ids.filter((id) => !known.has(id) && !isStranger(id));
  if (unknown.length > 0) throw new UnknownAccounts(unknown);
  return known;
}

function isStranger(id: string): boolean {
  return (strangers.get(id) ?? 0) > Date.now();
}

/** Asks for accounts that were made at their rail since the last sync. Throws where it can't be asked. */
export async function bringAccounts(ids: string[]): Promise<void> {
  for (const id of ids) {
    try {
      const account = await railOf(id).account(id);
      await bringEntity(account.entityId);
      await transaction((tx) => saveAccount(tx, account));
    } catch (error) {
      if (!isMissing(error)) throw error;
      strangers.set(id, Date.now() + STRANGER_MS);
    }
  }
}

/** Money counts only in accounts that are ours, in their asset: no event, signed or not, makes an account. */
export function accountFault(
  { accountId, asset }: Pick<TransferRow, 'accountId' | 'asset'>,
  accounts: ReadonlyMap<string, string>,
): string | null {
  const held = accounts.get(accountId);
  if (held === undefined) return `The rail knows no account ${accountId} of ours.`;
  return held === asset ? null : `The account ${accountId} is of ${held}, the transfer of ${asset}.`;
}
