import { accountNumbers } from '~/lib/api/account-numbers';
import { adjustments } from '~/lib/api/adjustments';
import { approvals } from '~/lib/api/approvals';
import { assets } from '~/lib/api/assets';
import { beneficiaries } from '~/lib/api/beneficiaries';
import { customers } from '~/lib/api/customers';
import { deposits } from '~/lib/api/deposits';
import { entities } from '~/lib/api/entities';
import { events } from '~/lib/api/events';
import { exchanges } from '~/lib/api/exchanges';
import { holds } from '~/lib/api/holds';
import type { Operation } from '~/lib/api/operation';
import { portfolios } from '~/lib/api/portfolios';
import { testMode } from '~/lib/api/test-mode';
import { together } from '~/lib/api/together';
import { transactions } from '~/lib/api/transactions';
import { wallets } from '~/lib/api/wallets';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';
import { withdrawals } from '~/lib/api/withdrawals';

/** Every verb of the API: what OpenAPI describes and what app/api/v1 serves, a route for each and none besides. */
export const OPERATIONS: readonly Operation[] = [
  customers,
  portfolios,
  beneficiaries,
  together,
  wallets,
  transactions,
  accountNumbers,
  assets,
  withdrawals,
  deposits,
  adjustments,
  exchanges,
  holds,
  entities,
  approvals,
  events,
  webhookEndpoints,
  testMode,
].flatMap((noun): Operation[] => Object.values(noun));
