import { serve } from '~/lib/api/handle';
import { testMode } from '~/lib/api/test-mode';

export const POST = serve(testMode.deposit);
