import { serve } from '~/lib/api/handle';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';

export const GET = serve(webhookEndpoints.get);
export const PATCH = serve(webhookEndpoints.update);
