import { currentOperator, stayAwake } from '~/lib/session';

/** Whether somebody is signed in: what the entrance asks before it takes a large body (lib/entrance). */
export async function GET(): Promise<Response> {
  return new Response(null, { status: (await currentOperator()) ? 204 : 401 });
}

/** That somebody is at work on a page which they opened a while ago. */
export async function POST(): Promise<Response> {
  return new Response(null, { status: (await stayAwake()) ? 204 : 401 });
}
