import { customers } from '~/lib/api/customers';
import { serve } from '~/lib/api/handle';

export const GET = serve(customers.list);
export const POST = serve(customers.create);
