import { serve } from '~/lib/api/handle';
import { together } from '~/lib/api/together';

export const POST = serve(together.unfreezeCustomer);
