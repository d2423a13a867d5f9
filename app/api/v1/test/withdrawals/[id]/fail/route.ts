import { routes } from '~/lib/api/handle';
import { testMode } from '~/lib/api/test-mode';

export const { GET, POST, PATCH, PUT, DELETE } = routes(testMode.fail);
