import { accountNumbers } from '~/lib/api/account-numbers';
import { adjustments } from '~/lib/api/adjustments';
import { approvals } from '~/lib/api/approvals';
import { assets } from '~/lib/api/assets';
import { beneficiaries } from '~/lib/api/beneficiaries';
import { bulkWithdrawals } from '~/lib/api/bulk-withdrawals';
import { customers } from '~/lib/api/customers';
import { deposits } from '~/lib/api/deposits';
import { entities } from '~/lib/api/entities';
import { events } from '~/lib/api/events';
import { exchanges } from '~/lib/api/exchanges';
import { holds } from '~/lib/api/holds';
import { journalLines } from '~/lib/api/journal-lines';
import { onboardings } from '~/lib/api/onboardings';
import type { Operation } from '~/lib/api/operation';
import { payouts } from '~/lib/api/payouts';
import { portfolios } from '~/lib/api/portfolios';
import { statements } from '~/lib/api/statements';
import { terms } from '~/lib/api/terms';
import { testMode } from '~/lib/api/test-mode';
import { together } from '~/lib/api/together';
import { transactions } from '~/lib/api/transactions';
import { walletOpenings } from '~/lib/api/wallet-openings';
import { wallets } from '~/lib/api/wallets';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';
import { withdrawalBatches } from '~/lib/api/withdrawal-batches';
import { withdrawals } from '~/lib/api/withdrawals';

/** Every verb of the API: what OpenAPI describes and what app/api/v1 serves, a route for each and none besides. */
export const OPERATIONS: readonly Operation[] = [
  customers,
  portfolios,
  beneficiaries,
  together,
  wallets,
  walletOpenings,
  terms,
  transactions,
  accountNumbers,
  assets,
  payouts,
  withdrawals,
  withdrawalBatches,
  bulkWithdrawals,
  deposits,
  adjustments,
  exchanges,
  holds,
  statements,
  journalLines,
  entities,
  onboardings,
  approvals,
  events,
  webhookEndpoints,
  testMode,
].flatMap((noun): Operation[] => Object.values(noun));
