/** From an empty installation to one that works, in the order in which one goes. */
export const SETUP_STEPS = [
  'fintoc',
  'sync',
  'webhook',
  'approver',
  'rule',
  'customer',
  'deposit',
  'backup',
] as const;
export type SetupStepName = (typeof SETUP_STEPS)[number];

/** What the database knows of how far it has come. */
export type SetupFacts = {
  /** The newest reading of all that stands at Fintoc; null before the first. */
  read: { finished: boolean; error: string | null } | null;
  accounts: number;
  /** Whether Fintoc was told where to deliver, and since when it does. */
  registered: boolean;
  delivered: number;
  /** Who may decide on what others ask for, and has access. */
  deciders: number;
  /** Whether somebody has said from where on a second person decides, or made a rule. */
  ruled: boolean;
  customers: number;
  deposits: number;
  backedUpAt: Date | null;
};

/** Why a step isn't done, by what is missing; null where it is. */
const MISSING = {
  fintoc: ({ accounts, read }) => (accounts > 0 ? null : read?.error ? 'refused' : 'never'),
  sync: ({ read }) =>
    read?.finished && !read.error ? null : read?.error ? 'failed' : read ? 'running' : 'never',
  webhook: ({ registered, delivered }) => (!registered ? 'unregistered' : delivered > 0 ? null : 'silent'),
  approver: ({ deciders }) => (deciders > 1 ? null : deciders === 1 ? 'alone' : 'nobody'),
  rule: ({ ruled }) => (ruled ? null : 'none'),
  customer: ({ customers }) => (customers > 0 ? null : 'none'),
  deposit: ({ deposits }) => (deposits > 0 ? null : 'none'),
  backup: ({ backedUpAt }) => (backedUpAt ? null : 'never'),
} as const satisfies Record<SetupStepName, (facts: SetupFacts) => string | null>;

export type Missing = {
  [Name in SetupStepName]: `${Name}.${NonNullable<ReturnType<(typeof MISSING)[Name]>>}`;
}[SetupStepName];

export type SetupStep = { name: SetupStepName; missing: Missing | null };

/** Each step, and what is missing of it: by what is there, whoever made it and however. */
export function setupSteps(facts: SetupFacts): SetupStep[] {
  return SETUP_STEPS.map((name) => {
    const missing = MISSING[name](facts);
    return { name, missing: missing && (`${name}.${missing}` as Missing) };
  });
}
