import { fintoc } from '~/lib/rails/fintoc/rail';
import type { Rail } from '~/lib/rails/rail';

/** Beside Fintoc, which has every account that none of these claims. */
const others: { rail: Rail; owns: (accountId: string) => boolean }[] = [];

/** The rail that an account stands on. The tables don't say it yet: by the account's id. */
export function railOf(accountId: string): Rail {
  return others.find(({ owns }) => owns(accountId))?.rail ?? fintoc;
}

/** The rail of what is asked by no account: the sync, the poll, deliveries, health. */
export function mainRail(): Rail {
  return fintoc;
}

/** Puts a rail beside the others, for the accounts that it owns. Answers what takes it away again. */
export function addRail(rail: Rail, owns: (accountId: string) => boolean): () => void {
  const added = { rail, owns };
  others.push(added);
  return () => void others.splice(others.indexOf(added), 1);
}
