import { type LucideIcon, Plus, Settings } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { NAV_ITEMS } from '~/components/layout/nav-items';
import { can, type Permission, type RoleName } from '~/lib/roles';

export type Place = { href: Route; label: string; icon: LucideIcon };

const ACTS = [
  ['newWithdrawal', '/withdrawals/new', 'withdrawals:request'],
  ['newCustomer', '/customers/new', 'customers:write'],
  ['newWallet', '/wallets/new', 'wallets:provision'],
  ['newAdjustment', '/adjustments/new', 'adjustments:request'],
] as const satisfies readonly (readonly [string, Route, Permission])[];

const SETTINGS = [
  ['preferences', '/settings/preferences', 'console:read'],
  ['operators', '/settings/operators', 'settings:read'],
  ['keys', '/settings/keys', 'settings:read'],
  ['fintoc', '/settings/fintoc', 'settings:read'],
] as const satisfies readonly (readonly [string, Route, Permission])[];

const MOST = 6;

/** Where somebody may go and what they may do, by the words that they typed; without any, what is done most. */
export function usePlaces(role: RoleName, text: string): Place[] {
  const t = useTranslations('find');
  const nav = useTranslations('nav.items');
  const of = <Name extends string>(
    places: readonly (readonly [Name, Route, Permission])[],
    labelOf: (name: Name) => string,
    icon: LucideIcon,
  ): Place[] =>
    places
      .filter(([, , permission]) => can(role, permission))
      .map(([name, href]) => ({ href, icon, label: labelOf(name) }));
  const acts = of(ACTS, (name) => t(`acts.${name}`), Plus);
  const wanted = folded(text);
  if (wanted === '') return acts;
  const pages = NAV_ITEMS.filter(({ permission }) => can(role, permission)).map(({ key, href, icon }) => ({
    ...{ href, icon, label: nav(key) },
  }));
  return [...acts, ...pages, ...of(SETTINGS, (name) => t(`settings.${name}`), Settings)]
    .filter(({ label }) => wanted.split(' ').every((word) => ` ${folded(label)}`.includes(` ${word}`)))
    .slice(0, MOST);
}

/** As searches have words: without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');
}
