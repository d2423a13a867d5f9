import { routes } from '~/lib/api/handle';
import { together } from '~/lib/api/together';

export const { GET, POST, PATCH, PUT, DELETE } = routes(together.reopenCustomer);
