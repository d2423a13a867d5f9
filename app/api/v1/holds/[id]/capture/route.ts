import { routes } from '~/lib/api/handle';
import { holds } from '~/lib/api/holds';

export const { GET, POST, PATCH, PUT, DELETE } = routes(holds.capture);
