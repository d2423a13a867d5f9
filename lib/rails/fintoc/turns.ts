import { facts } from '~/lib/rails/fintoc/facts';
import { reserveSlot, reserveSpareSlot } from '~/lib/rate-limit';

const CALLS = 'fintoc.calls';
const PATIENCE_MS = 2_000;

/** Fintoc counts every call of ours together. What pays, or what a person waits for, takes the next free moment. */
export function reserveCall(): Promise<void> {
  return reserveSlot(CALLS, facts().callsPerSecond);
}

/** Payouts come first: reading takes at most half of the calls that Fintoc allows, and those that nothing else needs. */
export async function reserveRead(): Promise<void> {
  const perSecond = facts().callsPerSecond;
  await reserveSlot('fintoc.reads', perSecond / 2);
  await reserveSpareSlot(CALLS, perSecond, PATIENCE_MS);
}
