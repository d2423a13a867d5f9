import { serve } from '~/lib/api/handle';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';

export const POST = serve(webhookEndpoints.rotate);
