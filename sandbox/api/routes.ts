import { accountNumberRoutes } from '~/sandbox/api/account-numbers';
import { accountVerificationRoutes } from '~/sandbox/api/account-verifications';
import { accountRoutes } from '~/sandbox/api/accounts';
import { entityRoutes } from '~/sandbox/api/entities';
import { onboardingRoutes } from '~/sandbox/api/onboardings';
import { simulateRoutes } from '~/sandbox/api/simulate';
import { transferRoutes } from '~/sandbox/api/transfers';
import { webhookEndpointRoutes } from '~/sandbox/api/webhook-endpoints';
import type { Route } from '~/sandbox/http/router';

/** What Fintoc answers. */
export const apiRoutes: readonly Route[] = [
  ...accountRoutes,
  ...accountNumberRoutes,
  ...entityRoutes,
  ...onboardingRoutes,
  ...transferRoutes,
  ...simulateRoutes,
  ...accountVerificationRoutes,
  ...webhookEndpointRoutes,
];
