import type { Actor } from '~/lib/actor';
import type { CheckedDestination, DestinationKind, Institution } from '~/lib/rails/destination';
import { fintoc } from '~/lib/rails/fintoc/rail';
import { FIRST_RAIL, railAndId } from '~/lib/rails/ids';
import type { Rail } from '~/lib/rails/rail';
import type { PayoutFacts } from '~/lib/rails/rail-facts';

/** Every rail, by the name that its facts say and its ids bear. */
const RAILS = new Map<string, Rail>([[FIRST_RAIL, fintoc]]);

/** The rail that an account, a number, a transfer or an entity stands on. Throws where nobody here knows it. */
export function railOf(id: string): Rail {
  return railNamed(railAndId(id).rail);
}

/** The same of an id that somebody typed; null where it is of no rail here. */
export function findRail(id: string): Rail | null {
  return RAILS.get(railAndId(id).rail) ?? null;
}

/** The rail of what says its name. Throws where nobody here knows it. */
export function railNamed(name: string): Rail {
  const rail = RAILS.get(name);
  if (!rail) throw new Error(`There is no rail ${name}.`);
  return rail;
}

/** What a rail did, by the id of something of its own: written down as its act. */
export function railActor(id: string): Actor {
  return railActorNamed(railAndId(id).rail);
}

/** The same by the name of the rail. */
export function railActorNamed(name: string): Actor {
  return { kind: 'rail', name: railNamed(name).facts().label };
}

/** The rail of what is asked by no account: the sync, deliveries, health. */
export function mainRail(): Rail {
  return fintoc;
}

/** The rail on which wallets of an asset are opened; undefined where none has it. */
export function railFor(asset: string): Rail | undefined {
  return [...RAILS.values()].find((rail) => rail.facts().assets.includes(asset));
}

/**
 * The zone in which days of an asset are counted on a rail, where that has more than one: a limit of a Chilean wallet is
 * renewed at midnight in Chile. Left out, the rail on which wallets of the asset are opened.
 */
export function dayZone(asset: string, rail: Rail = railFor(asset) ?? mainRail()): string {
  const { timeZone, payouts } = rail.facts();
  return payouts[asset]?.timeZone ?? timeZone;
}

/** What somebody names as a destination, whichever rail pays to it; where none does, why the main one doesn't. */
export function checkedDestination(text: string): CheckedDestination {
  const checked = [...RAILS.values()].map((rail) => rail.checkDestination(text));
  return checked.find(({ ok }) => ok) ?? mainRail().checkDestination(text);
}

/** The kinds of destination that any rail pays to. */
export function destinationKinds(): DestinationKind[] {
  return [...new Set(payoutsOfAll().flatMap(({ destinations }) => destinations))];
}

/** The kinds of destination that an asset is paid to, by whichever rail. */
export function destinationsOf(asset: string): DestinationKind[] {
  return [...new Set([...RAILS.values()].flatMap((rail) => rail.facts().payouts[asset]?.destinations ?? []))];
}

/** The banks that any rail has to be told of. */
export function institutions(): Institution[] {
  return payoutsOfAll().flatMap((facts) => facts.institutions);
}

/** The rail that learns whose account such a destination is, and what it sends for it; null where none can. */
export function railVerifying(kind: DestinationKind): { rail: string; asset: string; amount: bigint } | null {
  for (const rail of RAILS.values()) {
    const { name, verifies } = rail.facts();
    if (verifies?.destinations.includes(kind))
      return { rail: name, asset: verifies.asset, amount: verifies.amount };
  }
  return null;
}

/** The assets that any rail pays out. */
export function payoutAssets(): string[] {
  return [...new Set([...RAILS.values()].flatMap((rail) => Object.keys(rail.facts().payouts)))];
}

function payoutsOfAll(): PayoutFacts[] {
  return [...RAILS.values()].flatMap((rail) => Object.values(rail.facts().payouts));
}

/** The names of all. */
export function railNames(): string[] {
  return [...RAILS.keys()];
}

/** Puts a rail beside the others. Answers what takes it away again. */
export function addRail(rail: Rail): () => void {
  const { name } = rail.facts();
  RAILS.set(name, rail);
  return () => void RAILS.delete(name);
}
