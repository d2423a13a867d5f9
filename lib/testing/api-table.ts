import type { Scope } from '~/lib/api/scopes';
import { ROLES, type RoleName } from '~/lib/roles';

const READ: readonly RoleName[] = ROLES;
const STAFF: readonly RoleName[] = ['operator', 'approver', 'admin'];
/** Who may take data away whole. */
const TAKERS: readonly RoleName[] = ['operator', 'approver', 'auditor', 'admin'];
const ADMIN: readonly RoleName[] = ['admin'];

/**
 * Every verb: the scope that opens it to a key, null where any key does; who may do the same as a person; and the fields
 * that take another scope besides.
 */
export const TABLE: Record<string, readonly [Scope | null, readonly RoleName[], Record<string, Scope>?]> = {
  createCustomer: ['customers:write', STAFF, { wallet: 'wallets:write' }],
  listCustomers: ['customers:read', READ],
  getCustomer: ['customers:read', READ],
  updateCustomer: ['customers:write', STAFF],
  freezeCustomer: ['wallets:freeze', STAFF],
  unfreezeCustomer: ['wallets:freeze', STAFF],
  closeCustomer: ['wallets:freeze', STAFF],
  reopenCustomer: ['wallets:freeze', STAFF],

  createBeneficiary: ['customers:write', STAFF],
  listBeneficiaries: ['customers:read', READ],
  getBeneficiary: ['customers:read', READ],
  verifyBeneficiary: ['withdrawals:write', STAFF],
  removeBeneficiary: ['customers:write', STAFF],

  createPortfolio: ['customers:write', STAFF],
  listPortfolios: ['customers:read', READ],
  getPortfolio: ['customers:read', READ],
  updatePortfolio: ['customers:write', STAFF],
  freezePortfolio: ['wallets:freeze', STAFF],
  unfreezePortfolio: ['wallets:freeze', STAFF],

  createWallet: ['wallets:write', STAFF],
  listWallets: ['wallets:read', READ],
  getWallet: ['wallets:read', READ],
  updateWallet: ['wallets:write', STAFF],
  getWalletBalance: ['wallets:read', READ],
  listWalletTransactions: ['wallets:read', READ],
  enableWalletAsset: ['wallets:write', STAFF],
  cancelWalletOpening: ['wallets:write', STAFF],
  freezeWallet: ['wallets:freeze', STAFF],
  unfreezeWallet: ['wallets:freeze', STAFF],
  closeWallet: ['wallets:freeze', STAFF],
  reopenWallet: ['wallets:freeze', STAFF],
  listWalletTerms: ['wallets:read', READ],
  getWalletTerms: ['wallets:read', READ],

  listAccountNumbers: ['account_numbers:read', READ],
  getAccountNumber: ['account_numbers:read', READ],
  listAssets: [null, READ],

  createWithdrawal: ['withdrawals:write', STAFF],
  listWithdrawals: ['withdrawals:read', READ],
  getWithdrawal: ['withdrawals:read', READ],
  cancelWithdrawal: ['withdrawals:write', STAFF],
  createWithdrawals: ['withdrawals:write', STAFF],
  getWithdrawalBatch: ['withdrawals:read', READ],
  cancelWithdrawalBatch: ['withdrawals:write', STAFF],

  listDeposits: ['deposits:read', READ],
  getDeposit: ['deposits:read', READ],
  returnDeposit: ['deposits:write', STAFF],
  assignDeposit: ['deposits:write', STAFF],

  createBalanceAdjustment: ['balance_adjustments:write', STAFF],
  listBalanceAdjustments: ['balance_adjustments:read', READ],
  getBalanceAdjustment: ['balance_adjustments:read', READ],
  reverseBalanceAdjustment: ['balance_adjustments:write', STAFF],

  createExchange: ['balance_adjustments:write', STAFF],
  getExchange: ['balance_adjustments:read', READ],

  createHold: ['wallets:freeze', STAFF],
  listHolds: ['wallets:read', READ],
  getHold: ['wallets:read', READ],
  releaseHold: ['wallets:freeze', STAFF],
  captureHold: ['balance_adjustments:write', STAFF],

  createStatement: ['statements:write', TAKERS],
  listStatements: ['statements:read', TAKERS],
  getStatement: ['statements:read', TAKERS],
  downloadStatement: ['statements:read', TAKERS],

  listJournalLines: ['accounting:read', TAKERS],

  createEntity: ['entities:write', STAFF],
  listEntities: ['entities:read', READ],
  getEntity: ['entities:read', READ],
  createOnboarding: ['entities:write', STAFF],
  getOnboarding: ['entities:read', READ],
  uploadOnboardingDocument: ['entities:write', STAFF],
  submitOnboarding: ['entities:write', STAFF],

  listApprovals: ['approvals:read', READ],
  getApproval: ['approvals:read', READ],

  listEvents: ['events:read', READ],
  getEvent: ['events:read', READ],

  createWebhookEndpoint: ['webhook_endpoints:write', ADMIN],
  listWebhookEndpoints: ['webhook_endpoints:read', READ],
  getWebhookEndpoint: ['webhook_endpoints:read', READ],
  updateWebhookEndpoint: ['webhook_endpoints:write', ADMIN],
  removeWebhookEndpoint: ['webhook_endpoints:write', ADMIN],
  rotateWebhookSecret: ['webhook_endpoints:write', ADMIN],
  testWebhookEndpoint: ['webhook_endpoints:write', ADMIN],
  resendWebhookEvents: ['webhook_endpoints:write', ADMIN],

  simulateDeposit: ['test:write', STAFF],
  simulateFailure: ['test:write', STAFF],
  simulateReturn: ['test:write', STAFF],
  simulateTime: ['test:write', STAFF],
};
