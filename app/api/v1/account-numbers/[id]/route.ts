import { accountNumbers } from '~/lib/api/account-numbers';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(accountNumbers.get);
