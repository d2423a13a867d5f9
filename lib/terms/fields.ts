import type { WalletTerms } from '~/prisma/generated/client';

/** All that a version of terms says, without its name and asset. Amounts in the asset's smallest unit; null is no limit. */
export type TermsFacts = Omit<WalletTerms, 'id' | 'name' | 'version' | 'asset' | 'createdAt' | 'updatedAt'>;

export const FLOWS = ['deposit', 'withdrawal'] as const;
export type Flow = (typeof FLOWS)[number];

/** Whom terms can be for; nobody named is everybody. */
export const CUSTOMER_KINDS = ['individual', 'business'] as const;
export const CUSTOMER_COUNTRIES = ['mx', 'cl'] as const;

export const LIMIT_AMOUNTS = ['MinAmount', 'MaxAmount', 'DayAmount', 'WeekAmount', 'MonthAmount'] as const;
export const LIMIT_COUNTS = ['DayCount', 'WeekCount', 'MonthCount'] as const;
export const FEE_BOUNDS = ['FeeMin', 'FeeMax'] as const;

export type LimitAmount = `${Flow}${(typeof LIMIT_AMOUNTS)[number]}`;
export type LimitCount = `${Flow}${(typeof LIMIT_COUNTS)[number]}`;
export type FeeAmount = `${Flow}${'FeeAmount' | (typeof FEE_BOUNDS)[number]}`;
export type AmountField = LimitAmount | FeeAmount | 'balanceMaxAmount';
export type NumberField = LimitCount | `${Flow}FeeBps` | 'minAge' | 'debtShareBps';

const ofFlows = <Name extends string>(names: readonly Name[]) =>
  FLOWS.flatMap((flow) => names.map((name) => `${flow}${name}` as const));

export const AMOUNT_FIELDS: AmountField[] = [
  ...ofFlows([...LIMIT_AMOUNTS, 'FeeAmount' as const, ...FEE_BOUNDS]),
  'balanceMaxAmount',
];
export const NUMBER_FIELDS: NumberField[] = [
  ...ofFlows([...LIMIT_COUNTS, 'FeeBps' as const]),
  'minAge',
  'debtShareBps',
];

const nothing = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(ofFlows(names).map((name) => [name, null])) as Record<`${Flow}${Name}`, null>;

/** Everything on, no limits and no fees, for everybody. */
export const PLAIN_TERMS: TermsFacts = {
  depositsEnabled: true,
  withdrawalsEnabled: true,
  depositRailsOff: [],
  withdrawalRailsOff: [],
  ...nothing(LIMIT_AMOUNTS),
  ...nothing(LIMIT_COUNTS),
  ...nothing(FEE_BOUNDS),
  depositFeeAmount: 0n,
  withdrawalFeeAmount: 0n,
  depositFeeBps: 0,
  withdrawalFeeBps: 0,
  balanceMaxAmount: null,
  depositsRefusedByRail: false,
  adjustmentsCount: false,
  refundFeeOnReturn: true,
  debtShareBps: 10_000,
  eligibleKinds: [],
  eligibleCountries: [],
  kybRequired: false,
  minAge: null,
};

/** The facts of a version alone. */
export function factsOfTerms(terms: WalletTerms): TermsFacts {
  const { id: _id, name: _name, version: _version, asset: _asset, ...rest } = terms;
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...facts } = rest;
  return facts;
}
