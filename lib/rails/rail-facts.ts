import type { DestinationKind, Institution } from '~/lib/rails/destination';

export const RAIL_MODES = ['test', 'live'] as const;
/** test: the rail moves no real money. */
export type RailMode = (typeof RAIL_MODES)[number];

/** How a rail pays out in one asset. */
export type PayoutFacts = {
  destinations: readonly DestinationKind[];
  /** The banks that have to be named with what doesn't say of itself at which it is. */
  institutions: readonly Institution[];
  /** Whose tax ids it takes of a beneficiary (lib/tax-id.ts); null: any, as it is typed. */
  taxIds: 'mx' | 'cl' | null;
  /** The most that its network carries at once: more goes in parts. Null: as much as anybody has. */
  most: bigint | null;
  /** Where the days of these payouts are counted (IANA), where that is another zone than the rail's. */
  timeZone?: string;
};

/** What is so of a rail, whatever it is asked for. */
export type RailFacts = {
  name: string;
  /** As people call it. */
  label: string;
  mode: RailMode;
  /** The zone in which its days are counted (IANA). */
  timeZone: string;
  /** So many hours before midnight a day of its network's begins; null where it has none. */
  payoutDay: { hoursBefore: number } | null;
  assets: readonly string[];
  /** Those of them in which one account has many numbers, so that wallets share it (pattern A). */
  sharedAssets: readonly string[];
  /** How it pays out, by asset; one that isn’t named it doesn’t. */
  payouts: Readonly<Record<string, PayoutFacts>>;
  /** What it sends, from the platform's root account, to learn whose account it is, and to which destinations; null: it can't. */
  verifies: { asset: string; amount: bigint; destinations: readonly DestinationKind[] } | null;
  /** How its network writes: SPEI's plain letters and references of seven digits, or whatever is typed. */
  writing: 'spei' | 'free';
  /** Characters. */
  text: { comment: number; name: number; description: number };
  /** The most that one payment may carry. */
  maxAmount: bigint;
  /** Calls a second, all of them together. */
  callsPerSecond: number;
  /** For so long the rail surely knows a key again. */
  keyLifeMs: number;
  /** For so many days a deposit can be sent back, by asset; of one that isn’t named none ever. */
  returnDays: Readonly<Record<string, number>>;
  /** So many movements a page of them holds; one that holds fewer is the last. */
  movementsPerPage: number;
  /** The header that carries the signature of a delivery. */
  signatureHeader: string;
};
