import type { messages as spanish } from '~/app/messages/es-MX';
import accounting from './en/accounting.json';
import accountNumbers from './en/accountNumbers.json';
import adjustments from './en/adjustments.json';
import alarms from './en/alarms.json';
import apiKeys from './en/apiKeys.json';
import approvals from './en/approvals.json';
import audit from './en/audit.json';
import batches from './en/batches.json';
import cases from './en/cases.json';
import cash from './en/cash.json';
import common from './en/common.json';
import customers from './en/customers.json';
import day from './en/day.json';
import deposits from './en/deposits.json';
import entities from './en/entities.json';
import errors from './en/errors.json';
import exports from './en/exports.json';
import find from './en/find.json';
import form from './en/form.json';
import gate from './en/gate.json';
import health from './en/health.json';
import holds from './en/holds.json';
import inbox from './en/inbox.json';
import invalid from './en/invalid.json';
import kinds from './en/kinds.json';
import ledger from './en/ledger.json';
import login from './en/login.json';
import movements from './en/movements.json';
import nav from './en/nav.json';
import notices from './en/notices.json';
import overview from './en/overview.json';
import patterns from './en/patterns.json';
import proof from './en/proof.json';
import reveals from './en/reveals.json';
import roles from './en/roles.json';
import rules from './en/rules.json';
import schedules from './en/schedules.json';
import settings from './en/settings.json';
import setup from './en/setup.json';
import standstill from './en/standstill.json';
import statements from './en/statements.json';
import status from './en/status.json';
import terms from './en/terms.json';
import wallets from './en/wallets.json';
import webhooks from './en/webhooks.json';
import where from './en/where.json';
import withdrawals from './en/withdrawals.json';

/** The same in English: a key that Spanish has and English lacks doesn't compile. */
export const messages: typeof spanish = {
  accountNumbers,
  accounting,
  adjustments,
  alarms,
  apiKeys,
  approvals,
  audit,
  batches,
  cases,
  cash,
  common,
  customers,
  day,
  deposits,
  entities,
  errors,
  exports,
  find,
  form,
  gate,
  health,
  holds,
  inbox,
  invalid,
  kinds,
  ledger,
  login,
  movements,
  nav,
  notices,
  overview,
  patterns,
  proof,
  reveals,
  roles,
  rules,
  schedules,
  settings,
  setup,
  standstill,
  statements,
  status,
  terms,
  wallets,
  webhooks,
  where,
  withdrawals,
};
