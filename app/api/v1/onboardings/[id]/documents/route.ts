import { routes } from '~/lib/api/handle';
import { onboardings } from '~/lib/api/onboardings';

export const { GET, POST, PATCH, PUT, DELETE } = routes(onboardings.hand);
