import accounting from './es-MX/accounting.json';
import accountNumbers from './es-MX/accountNumbers.json';
import adjustments from './es-MX/adjustments.json';
import alarms from './es-MX/alarms.json';
import apiKeys from './es-MX/apiKeys.json';
import approvals from './es-MX/approvals.json';
import audit from './es-MX/audit.json';
import batches from './es-MX/batches.json';
import cases from './es-MX/cases.json';
import cash from './es-MX/cash.json';
import common from './es-MX/common.json';
import customers from './es-MX/customers.json';
import day from './es-MX/day.json';
import deposits from './es-MX/deposits.json';
import entities from './es-MX/entities.json';
import errors from './es-MX/errors.json';
import exports from './es-MX/exports.json';
import find from './es-MX/find.json';
import form from './es-MX/form.json';
import gate from './es-MX/gate.json';
import health from './es-MX/health.json';
import holds from './es-MX/holds.json';
import inbox from './es-MX/inbox.json';
import invalid from './es-MX/invalid.json';
import kinds from './es-MX/kinds.json';
import ledger from './es-MX/ledger.json';
import login from './es-MX/login.json';
import movements from './es-MX/movements.json';
import nav from './es-MX/nav.json';
import notices from './es-MX/notices.json';
import overview from './es-MX/overview.json';
import patterns from './es-MX/patterns.json';
import proof from './es-MX/proof.json';
import reveals from './es-MX/reveals.json';
import roles from './es-MX/roles.json';
import rules from './es-MX/rules.json';
import schedules from './es-MX/schedules.json';
import settings from './es-MX/settings.json';
import setup from './es-MX/setup.json';
import standstill from './es-MX/standstill.json';
import statements from './es-MX/statements.json';
import status from './es-MX/status.json';
import terms from './es-MX/terms.json';
import wallets from './es-MX/wallets.json';
import webhooks from './es-MX/webhooks.json';
import where from './es-MX/where.json';
import withdrawals from './es-MX/withdrawals.json';

/** Every message in Spanish: the measure of what there is. */
export const messages = {
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
