import { assets } from '~/lib/api/assets';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(assets.list);
