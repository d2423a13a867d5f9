import { exchanges } from '~/lib/api/exchanges';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(exchanges.create);
