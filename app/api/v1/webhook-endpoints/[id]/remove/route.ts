import { routes } from '~/lib/api/handle';
import { webhookEndpoints } from '~/lib/api/webhook-endpoints';

export const { GET, POST, PATCH, PUT, DELETE } = routes(webhookEndpoints.remove);
