import { openApiDocument } from '~/lib/api/openapi';

/** What the API is, for programs; no key is needed to read it. */
export async function GET(): Promise<Response> {
  return Response.json(openApiDocument());
}
