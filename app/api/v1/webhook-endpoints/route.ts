import { serve } from '~/lib/api/handle';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';

export const GET = serve(webhookEndpoints.list);
export const POST = serve(webhookEndpoints.create);
