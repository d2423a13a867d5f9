import { type LucideIcon, Plus } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { fitOf, folded } from '~/components/layout/find/match';
import { NAV_ITEMS, type NavKey } from '~/components/layout/nav-items';
import { can, type Permission, type Role } from '~/lib/roles';

export type Place = { href: Route; label: string; icon: LucideIcon };

const ACTS = [
  ['newWithdrawal', '/withdrawals/new', 'withdrawals:request'],
  ['newCustomer', '/customers/new', 'customers:write'],
  ['newWallet', '/wallets/new', 'wallets:provision'],
  ['newAdjustment', '/adjustments/new', 'adjustments:request'],
  ['newBatch', '/withdrawals/batches/new', 'withdrawals:request'],
  ['newSchedule', '/withdrawals/scheduled/new', 'withdrawals:request'],
  ['exchange', '/adjustments/exchange', 'adjustments:request'],
  ['newRule', '/settings/rules/new', 'settings:write'],
  ['newTerms', '/settings/terms/new', 'settings:write'],
] as const satisfies readonly (readonly [string, Route, Permission])[];

/** What is offered before a word is typed. */
const MOST_DONE = 4;

/** Pages within those of the menu, each by its tab. */
const WITHIN = [
  ['withdrawals', 'withdrawals.tabs.inFlight', '/withdrawals/in-flight'],
  ['withdrawals', 'withdrawals.tabs.failed', '/withdrawals/failed'],
  ['withdrawals', 'withdrawals.tabs.all', '/withdrawals/all'],
  ['withdrawals', 'withdrawals.tabs.scheduled', '/withdrawals/scheduled'],
  ['withdrawals', 'withdrawals.tabs.batches', '/withdrawals/batches'],
  ['deposits', 'deposits.tabs.requests', '/deposits/requests'],
  ['deposits', 'deposits.tabs.debts', '/deposits/debts'],
  ['deposits', 'deposits.tabs.all', '/deposits/all'],
  ['adjustments', 'adjustments.tabs.all', '/adjustments/all'],
  ['inbox', 'inbox.tabs.dead', '/inbox/dead'],
  ['inbox', 'inbox.tabs.refused', '/inbox/refused'],
  ['inbox', 'inbox.tabs.polls', '/inbox/polls'],
  ['proof', 'find.pages.breaks', '/proof/breaks'],
  ['ledger', 'ledger.tabs.transactions', '/ledger/transactions'],
  ['ledger', 'ledger.tabs.trialBalance', '/ledger/trial-balance'],
  ['ledger', 'ledger.tabs.polizas', '/ledger/polizas'],
  ['settings', 'settings.tabs.preferences', '/settings/preferences', 'console:read'],
  ['settings', 'settings.tabs.start', '/settings/start', 'settings:read'],
  ['settings', 'settings.tabs.operators', '/settings/operators', 'settings:read'],
  ['settings', 'settings.tabs.roles', '/settings/roles', 'settings:read'],
  ['settings', 'settings.tabs.terms', '/settings/terms', 'settings:read'],
  ['settings', 'settings.tabs.rules', '/settings/rules', 'settings:read'],
  ['settings', 'settings.tabs.beneficiaries', '/settings/beneficiaries', 'people:read'],
  ['settings', 'settings.tabs.cases', '/settings/cases', 'settings:read'],
  ['settings', 'settings.tabs.accounting', '/settings/accounting', 'settings:read'],
  ['settings', 'settings.tabs.assets', '/settings/assets', 'settings:read'],
  ['settings', 'settings.tabs.keys', '/settings/keys', 'settings:read'],
  ['settings', 'settings.tabs.webhooks', '/settings/webhooks', 'settings:read'],
  ['settings', 'settings.tabs.alarms', '/settings/alarms', 'settings:read'],
  ['settings', 'settings.tabs.fintoc', '/settings/fintoc', 'settings:read'],
] as const satisfies readonly (readonly [NavKey, string, Route, Permission?])[];

const MOST = 5;

/** What somebody may do and where they may go, by the words that they typed; without any, what is done most. */
export function usePlaces(role: Role, text: string): { acts: Place[]; pages: Place[] } {
  const t = useTranslations();
  const acts = ACTS.filter(([, , permission]) => can(role, permission)).map(([name, href]) => ({
    ...{ href, icon: Plus, label: t(`find.acts.${name}`), also: t(`find.also.${name}`) },
  }));
  if (folded(text) === '') return { acts: acts.slice(0, MOST_DONE), pages: [] };
  const pages = NAV_ITEMS.filter(({ permission }) => can(role, permission)).map(({ key, href, icon }) => ({
    ...{ href, icon, label: t(`nav.items.${key}`) },
  }));
  const within = WITHIN.filter(([, , , permission = 'console:read']) => can(role, permission)).map(
    ([key, name, href]) => ({ href, icon: iconOf(key), label: `${t(`nav.items.${key}`)} · ${t(name)}` }),
  );
  return { acts: fitting(acts, text), pages: fitting([...pages, ...within], text) };
}

function iconOf(key: NavKey): LucideIcon {
  return NAV_ITEMS.find((item) => item.key === key)?.icon ?? Plus;
}

/** Those that are spelt so first, each in the order of its table. */
function fitting(places: readonly (Place & { also?: string })[], text: string): Place[] {
  return places
    .flatMap((place) => {
      const fit = fitOf(`${place.label} ${place.also ?? ''}`, text);
      return fit === null ? [] : [{ place, fit }];
    })
    .sort((one, other) => one.fit - other.fit)
    .map(({ place }) => place)
    .slice(0, MOST);
}
