/**
 * npm run generate:client: writes clients/typescript/schema.ts, the types of the API, from its description. A test
 * compares the file with what this makes.
 */
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from '~/lib/api/openapi';

export const SCHEMA = new URL('schema.ts', import.meta.url);
const HEADER = '/** Generated from the description of the API by `npm run generate:client`. */\n\n';

export async function generatedSchema(): Promise<string> {
  const document = JSON.parse(JSON.stringify(openApiDocument()), (_name, value) =>
    // The client thinks of one where the caller doesn't.
    value?.name === 'Idempotency-Key' ? { ...value, required: false } : value,
  );
  const types = HEADER + astToString(await openapiTS(document, { silent: true }));
  // A file that is sent is one, not text.
  return types.replaceAll(/("(?:application\/pdf|image\/\w+)": )string;/g, '$1Blob;');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  fs.writeFileSync(SCHEMA, await generatedSchema());
