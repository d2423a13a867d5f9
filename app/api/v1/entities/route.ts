import { entities } from '~/lib/api/entities';
import { serve } from '~/lib/api/handle';

export const GET = serve(entities.list);
