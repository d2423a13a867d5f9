import {
  ArrowDownToLine,
  ArrowLeftRight,
  ArrowUpFromLine,
  BadgeCheck,
  BookOpen,
  BriefcaseBusiness,
  Building2,
  ClipboardCheck,
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

export type NavKey =
  | 'overview'
  | 'approvals'
  | 'where'
  | 'cases'
  | 'wallets'
  | 'movements'
  | 'withdrawals'
  | 'deposits'
  | 'cash'
  | 'adjustments'
  | 'holds'
  | 'customers'
  | 'entities'
  | 'accountNumbers'
  | 'inbox'
  | 'proof'
  | 'ledger'
  | 'audit'
  | 'settings';

export type NavItem = {
  key: NavKey;
  href: Route;
  icon: LucideIcon;
  group: NavGroup;
  permission: Permission;
};

/** Every place in the console, in the order of the menu. Who lacks the permission doesn't see the item. */
export const NAV_ITEMS: readonly NavItem[] = [
  { key: 'overview', href: '/', icon: House, group: 'home', permission: 'console:read' },
  { key: 'approvals', href: '/approvals', icon: ClipboardCheck, group: 'home', permission: 'people:read' },
  { key: 'where', href: '/where', icon: SearchCheck, group: 'home', permission: 'console:read' },
  { key: 'cases', href: '/cases', icon: BriefcaseBusiness, group: 'home', permission: 'console:read' },
  { key: 'wallets', href: '/wallets', icon: Wallet, group: 'money', permission: 'console:read' },
  { key: 'movements', href: '/movements', icon: ArrowLeftRight, group: 'money', permission: 'console:read' },
  {
    key: 'withdrawals',
    href: '/withdrawals',
    icon: ArrowUpFromLine,
    group: 'money',
    permission: 'console:read',
  },
  { key: 'deposits', href: '/deposits', icon: ArrowDownToLine, group: 'money', permission: 'console:read' },
  { key: 'cash', href: '/cash', icon: Landmark, group: 'money', permission: 'console:read' },
  { key: 'adjustments', href: '/adjustments', icon: Scale, group: 'money', permission: 'console:read' },
  { key: 'holds', href: '/holds', icon: HandCoins, group: 'money', permission: 'console:read' },
  { key: 'customers', href: '/customers', icon: Users, group: 'people', permission: 'console:read' },
  { key: 'entities', href: '/entities', icon: Building2, group: 'people', permission: 'console:read' },
  {
    key: 'accountNumbers',
    href: '/account-numbers',
    icon: Hash,
    group: 'people',
    permission: 'console:read',
  },
  { key: 'inbox', href: '/inbox', icon: Webhook, group: 'trust', permission: 'console:read' },
  { key: 'proof', href: '/proof', icon: BadgeCheck, group: 'trust', permission: 'console:read' },
  { key: 'ledger', href: '/ledger', icon: BookOpen, group: 'trust', permission: 'console:read' },
  { key: 'audit', href: '/audit', icon: ScrollText, group: 'trust', permission: 'audit:read' },
  { key: 'settings', href: '/settings', icon: Settings, group: 'system', permission: 'people:read' },
];
