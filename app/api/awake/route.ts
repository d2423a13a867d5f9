import { stayAwake } from '~/lib/session';

/** That somebody is at work on a page which they opened a while ago. */
export async function POST(): Promise<Response> {
  return new Response(null, { status: (await stayAwake()) ? 204 : 401 });
}
