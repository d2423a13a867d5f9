import type { Page } from '~/lib/pagination';
import type { Reader } from '~/lib/people/sight';
import {
  type AccountProof,
  type AccountProofFilter,
  getAccountProof,
  listAccountProofs,
} from '~/lib/proof/read';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';

/** How far an account is proven, and whose it is. */
export type NamedProof = AccountProof & NamedAccount;

/** As `listAccountProofs`, for people. */
export async function listNamedProofs(reader: Reader, filter: AccountProofFilter): Promise<Page<NamedProof>> {
  const { items, nextCursor } = await listAccountProofs(filter);
  const named = await namedAccounts(
    reader,
    items.map(({ id }) => id),
  );
  return { items: items.map((item) => ({ ...item, ...named(item.id) })), nextCursor };
}

/** As `getAccountProof`, for people. Throws `not_found`. */
export async function getNamedProof(reader: Reader, id: string): Promise<NamedProof> {
  const [proof, named] = await Promise.all([getAccountProof(id), namedAccounts(reader, [id])]);
  return { ...proof, ...named(id) };
}
