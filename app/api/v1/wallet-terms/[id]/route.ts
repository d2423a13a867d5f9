import { routes } from '~/lib/api/handle';
import { terms } from '~/lib/api/terms';

export const { GET, POST, PATCH, PUT, DELETE } = routes(terms.get);
