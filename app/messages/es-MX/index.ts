import accountNumbers from './accountNumbers.json';
import adjustments from './adjustments.json';
import alarms from './alarms.json';
import apiKeys from './apiKeys.json';
import approvals from './approvals.json';
import audit from './audit.json';
import batches from './batches.json';
import cases from './cases.json';
import cash from './cash.json';
import common from './common.json';
import customers from './customers.json';
import day from './day.json';
import deposits from './deposits.json';
import entities from './entities.json';
import errors from './errors.json';
import exports from './exports.json';
import find from './find.json';
import form from './form.json';
import gate from './gate.json';
import holds from './holds.json';
import inbox from './inbox.json';
import invalid from './invalid.json';
import kinds from './kinds.json';
import ledger from './ledger.json';
import login from './login.json';
import movements from './movements.json';
import nav from './nav.json';
import overview from './overview.json';
import patterns from './patterns.json';
import proof from './proof.json';
import reveals from './reveals.json';
import rules from './rules.json';
import schedules from './schedules.json';
import settings from './settings.json';
import standstill from './standstill.json';
import statements from './statements.json';
import status from './status.json';
import terms from './terms.json';
import wallets from './wallets.json';
import webhooks from './webhooks.json';
import where from './where.json';
import withdrawals from './withdrawals.json';

/** Every message in Spanish: the measure of what there is. */
export const messages = {
  accountNumbers,
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
  holds,
  inbox,
  invalid,
  kinds,
  ledger,
  login,
  movements,
  nav,
  overview,
  patterns,
  proof,
  reveals,
  rules,
  schedules,
  settings,
  standstill,
  statements,
  status,
  terms,
  wallets,
  webhooks,
  where,
  withdrawals,
};
