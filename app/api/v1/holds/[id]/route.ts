import { serve } from '~/lib/api/handle';
import { holds } from '~/lib/api/holds';

export const GET = serve(holds.get);
