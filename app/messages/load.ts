export const LOCALES = ['es-MX', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'es-MX';

type Json<Content> = () => Promise<{ default: Content }>;

/** Both languages of one namespace. Spanish is the measure: a key that English lacks doesn't compile. */
function namespace<Content>(
  spanish: Json<Content>,
  english: Json<NoInfer<Content>>,
): Record<Locale, Json<Content>> {
  return { 'es-MX': spanish, en: english };
}

/** To add a namespace: two files of its name, and one line here. */
// biome-ignore format: one line each.
const NAMESPACES = {
  accountNumbers: namespace(() => import('./es-MX/accountNumbers.json'), () => import('./en/accountNumbers.json')),
  adjustments: namespace(() => import('./es-MX/adjustments.json'), () => import('./en/adjustments.json')),
  alarms: namespace(() => import('./es-MX/alarms.json'), () => import('./en/alarms.json')),
  apiKeys: namespace(() => import('./es-MX/apiKeys.json'), () => import('./en/apiKeys.json')),
  approvals: namespace(() => import('./es-MX/approvals.json'), () => import('./en/approvals.json')),
  audit: namespace(() => import('./es-MX/audit.json'), () => import('./en/audit.json')),
  batches: namespace(() => import('./es-MX/batches.json'), () => import('./en/batches.json')),
  cases: namespace(() => import('./es-MX/cases.json'), () => import('./en/cases.json')),
  cash: namespace(() => import('./es-MX/cash.json'), () => import('./en/cash.json')),
  common: namespace(() => import('./es-MX/common.json'), () => import('./en/common.json')),
  customers: namespace(() => import('./es-MX/customers.json'), () => import('./en/customers.json')),
  day: namespace(() => import('./es-MX/day.json'), () => import('./en/day.json')),
  deposits: namespace(() => import('./es-MX/deposits.json'), () => import('./en/deposits.json')),
  entities: namespace(() => import('./es-MX/entities.json'), () => import('./en/entities.json')),
  errors: namespace(() => import('./es-MX/errors.json'), () => import('./en/errors.json')),
  exports: namespace(() => import('./es-MX/exports.json'), () => import('./en/exports.json')),
  find: namespace(() => import('./es-MX/find.json'), () => import('./en/find.json')),
  form: namespace(() => import('./es-MX/form.json'), () => import('./en/form.json')),
  gate: namespace(() => import('./es-MX/gate.json'), () => import('./en/gate.json')),
  holds: namespace(() => import('./es-MX/holds.json'), () => import('./en/holds.json')),
  inbox: namespace(() => import('./es-MX/inbox.json'), () => import('./en/inbox.json')),
  invalid: namespace(() => import('./es-MX/invalid.json'), () => import('./en/invalid.json')),
  kinds: namespace(() => import('./es-MX/kinds.json'), () => import('./en/kinds.json')),
  ledger: namespace(() => import('./es-MX/ledger.json'), () => import('./en/ledger.json')),
  login: namespace(() => import('./es-MX/login.json'), () => import('./en/login.json')),
  movements: namespace(() => import('./es-MX/movements.json'), () => import('./en/movements.json')),
  nav: namespace(() => import('./es-MX/nav.json'), () => import('./en/nav.json')),
  overview: namespace(() => import('./es-MX/overview.json'), () => import('./en/overview.json')),
  patterns: namespace(() => import('./es-MX/patterns.json'), () => import('./en/patterns.json')),
  proof: namespace(() => import('./es-MX/proof.json'), () => import('./en/proof.json')),
  reveals: namespace(() => import('./es-MX/reveals.json'), () => import('./en/reveals.json')),
  rules: namespace(() => import('./es-MX/rules.json'), () => import('./en/rules.json')),
  schedules: namespace(() => import('./es-MX/schedules.json'), () => import('./en/schedules.json')),
  settings: namespace(() => import('./es-MX/settings.json'), () => import('./en/settings.json')),
  standstill: namespace(() => import('./es-MX/standstill.json'), () => import('./en/standstill.json')),
  statements: namespace(() => import('./es-MX/statements.json'), () => import('./en/statements.json')),
  status: namespace(() => import('./es-MX/status.json'), () => import('./en/status.json')),
  terms: namespace(() => import('./es-MX/terms.json'), () => import('./en/terms.json')),
  wallets: namespace(() => import('./es-MX/wallets.json'), () => import('./en/wallets.json')),
  webhooks: namespace(() => import('./es-MX/webhooks.json'), () => import('./en/webhooks.json')),
  where: namespace(() => import('./es-MX/where.json'), () => import('./en/where.json')),
  withdrawals: namespace(() => import('./es-MX/withdrawals.json'), () => import('./en/withdrawals.json')),
};

/** Every message, by namespace: what next-intl checks keys against (global.d.ts). */
export type Messages = {
  [Name in keyof typeof NAMESPACES]: (typeof NAMESPACES)[Name] extends Record<Locale, Json<infer Content>>
    ? Content
    : never;
};

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** All messages of one language. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const loaded = await Promise.all(
    Object.entries(NAMESPACES).map(async ([name, load]) => [name, (await load[locale]()).default] as const),
  );
  return Object.fromEntries(loaded) as Messages;
}
