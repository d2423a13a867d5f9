import { routes } from '~/lib/api/handle';
import { withdrawalBatches } from '~/lib/api/withdrawal-batches';

export const { GET, POST, PATCH, PUT, DELETE } = routes(withdrawalBatches.cancel);
