import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { ASSETS } from '~/lib/money';
import { BREAK_STATES } from '~/lib/proof/breaks-read';
import type { Light } from '~/lib/proof/read';

export const PROOF_ASSETS = Object.keys(ASSETS);
export const LIGHTS: Light[] = ['green', 'amber', 'red', 'new'];

/** Reads the address of the list of accounts and how well they are proven. */
export function readAccountProofs(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    lights: read.choices('light', LIGHTS),
    assets: read.choices('asset', PROOF_ASSETS),
  });
}

/** Reads the address of the list of breaks. */
export function readBreaks(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({ states: read.choices('state', BREAK_STATES), accountId: read.word('account') });
}

/** Reads the address of the movements of one account at Fintoc. */
export function readProofMovements(params: SearchParams, accountId: string) {
  const read = new AddressReader(params);
  return read.done({
    accountId,
    proofId: read.uuid('proof'),
    open: read.choices('match', ['open']) !== undefined,
  });
}
