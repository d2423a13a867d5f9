import { customers } from '~/lib/api/customers';
import { serve } from '~/lib/api/handle';

export const GET = serve(customers.get);
export const PATCH = serve(customers.update);
