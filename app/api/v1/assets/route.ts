import { assets } from '~/lib/api/assets';
import { serve } from '~/lib/api/handle';

export const GET = serve(assets.list);
