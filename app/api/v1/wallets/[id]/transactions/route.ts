import { routes } from '~/lib/api/handle';
import { transactions } from '~/lib/api/transactions';

export const { GET, POST, PATCH, PUT, DELETE } = routes(transactions.list);
