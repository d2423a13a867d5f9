import { customers } from '~/lib/api/customers';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(customers.list, customers.create);
