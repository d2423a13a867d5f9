import {
  ArrowDownToLine,
  ArrowLeftRight,
  ArrowUpFromLine,
  BadgeCheck,
  BookOpen,
  BriefcaseBusiness,
  Building2,
  CalendarDays,
  ClipboardCheck,
  FileText,
  HandCoins,
  Hash,
  House,
  Landmark,
  type LucideIcon,
  Scale,
  ScrollText,
  SearchCheck,
  Settings,
  Users,
  Wallet,
  Webhook,
} from 'lucide-react';
import type { Route } from 'next';
import type { Permission } from '~/lib/roles';

export const NAV_GROUPS = ['home', 'money', 'people', 'trust', 'system'] as const;
export type NavGroup = (typeof NAV_GROUPS)[number];

/** Every place in the console, in the order of the menu; with the permission where it takes another than to read. */
const PLACES = [
  ['overview', '/', House, 'home'],
  ['day', '/day', CalendarDays, 'home'],
  ['approvals', '/approvals', ClipboardCheck, 'home', 'people:read'],
  ['where', '/where', SearchCheck, 'home'],
  ['cases', '/cases', BriefcaseBusiness, 'home'],
  ['wallets', '/wallets', Wallet, 'money'],
  ['movements', '/movements', ArrowLeftRight, 'money'],
  ['withdrawals', '/withdrawals', ArrowUpFromLine, 'money'],
  ['deposits', '/deposits', ArrowDownToLine, 'money'],
  ['cash', '/cash', Landmark, 'money'],
  ['adjustments', '/adjustments', Scale, 'money'],
  ['holds', '/holds', HandCoins, 'money'],
  ['statements', '/statements', FileText, 'money', 'lists:export'],
  ['customers', '/customers', Users, 'people'],
  ['entities', '/entities', Building2, 'people'],
  ['accountNumbers', '/account-numbers', Hash, 'people'],
  ['inbox', '/inbox', Webhook, 'trust'],
  ['proof', '/proof', BadgeCheck, 'trust'],
  ['ledger', '/ledger', BookOpen, 'trust'],
  ['audit', '/audit', ScrollText, 'trust', 'audit:read'],
  ['settings', '/settings', Settings, 'system', 'people:read'],
] as const satisfies readonly Place<string>[];

export type NavKey = (typeof PLACES)[number][0];

export type NavItem = {
  key: NavKey;
  href: Route;
  icon: LucideIcon;
  group: NavGroup;
  permission: Permission;
  /** Nothing of it is anybody's alone: who sees some portfolios has no such page. */
  ofTheHouse: boolean;
};

type Place<Key extends string = NavKey> = readonly [Key, Route, LucideIcon, NavGroup, Permission?];

const ITEMS: readonly Place[] = PLACES;

const OF_THE_HOUSE: readonly NavKey[] = ['overview', 'day', 'approvals', 'cash', 'inbox', 'proof', 'ledger'];

/** Who lacks the permission doesn't see the item. */
export const NAV_ITEMS: readonly NavItem[] = ITEMS.map(
  ([key, href, icon, group, permission = 'console:read']) => ({
    ...{ key, href, icon, group, permission },
    ofTheHouse: OF_THE_HOUSE.includes(key),
  }),
);
