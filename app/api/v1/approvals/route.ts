import { approvals } from '~/lib/api/approvals';
import { serve } from '~/lib/api/handle';

export const GET = serve(approvals.list);
