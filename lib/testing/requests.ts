import fc from 'fast-check';
import { openApiDocument } from '~/lib/api/openapi';

/** As much of JSON Schema as the description of the API has. */
type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};
type Parameter = { in: string; name: string; required?: boolean; schema: Schema };
type Described = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};

/** A request by its description: `isMeant` as long as nothing in it was made wrong on purpose. */
export type Generated = {
  id: string;
  params: Record<string, string>;
  query: Record<string, string | string[]>;
  body: unknown;
  isMeant: boolean;
};

/** What a field that is to be one of these may be, by the pattern of its ids or by its name. */
export type Known = {
  ids: Readonly<Record<string, readonly string[]>>;
  names: Readonly<Record<string, readonly unknown[]>>;
};

/** What nobody means: wrong types, what is too long, what no database keeps, other people's ids. */
const JUNK = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    '',
    ' ',
    '\0',
    '\ud800',
    '𝟙𝟚',
    '‮',
    'x'.repeat(30_000),
    '9'.repeat(40),
    '-1',
    '1e3',
    '0x10',
    "' OR 1=1--",
  ),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
);

const A_FILE = new File(['%PDF-1.4 …'], 'acta.pdf', { type: 'application/pdf' });

/** Requests of every verb by the description of the API: as it says, and with one thing in them made wrong. */
export function requests(known: Known): fc.Arbitrary<Generated> {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Document;
  const make = new Arbitraries(document, known);
  const verbs = Object.values(document.paths).flatMap((path) => Object.values(path));
  return fc.oneof(...verbs.map((verb) => requestOf(verb, make)));
}

function requestOf(
  { operationId: id, parameters = [], requestBody }: Described,
  make: Arbitraries,
): fc.Arbitrary<Generated> {
  const of = (where: string) =>
    make.object({
      type: 'object',
      properties: Object.fromEntries(
        parameters.filter((each) => each.in === where).map(({ name, schema }) => [name, schema]),
      ),
      required: parameters.filter((each) => each.in === where && each.required).map(({ name }) => name),
    });
  const body = requestBody?.content['application/json']?.schema;
  return fc
    .record({
      params: of('path'),
      query: of('query'),
      body: body ? make.value('', body) : fc.constant(requestBody && A_FILE),
      wrong: fc.option(fc.record({ at: fc.nat(), what: fc.oneof(make.stranger(), JUNK), how: fc.nat(5) }), {
        freq: 2,
      }),
    })
    .map(({ params, query, body: meant, wrong }) => {
      const request = { params: texts(params), query: texts(query) as Generated['query'], body: meant };
      const isMeant = wrong === null || !spoil(request, wrong);
      return { id, ...request, params: request.params as Record<string, string>, isMeant };
    });
}

/** A value for each schema, as the description has it. */
class Arbitraries {
  readonly #document: Document;
  readonly #known: Known;

  constructor(document: Document, known: Known) {
    this.#document = document;
    this.#known = known;
  }

  value(name: string, given: Schema): fc.Arbitrary<unknown> {
    const schema = this.#resolved(given);
    const known = this.#known.names[name];
    if (known && schema.type !== 'object' && schema.type !== 'array') return fc.constantFrom(...known);
    const [...either] = schema.anyOf ?? schema.oneOf ?? [];
    if (either.length > 0) return fc.oneof(...either.map((each) => this.value(name, each)));
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.type === 'object') return this.object(schema);
    if (schema.type === 'array') return this.#array(name, schema);
    if (schema.type === 'integer' || schema.type === 'number')
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    if (schema.type === 'boolean') return fc.boolean();
    if (schema.type === 'null') return fc.constant(null);
    return this.#text(schema);
  }

  /** A field for which nothing is known to be right is left out. */
  object({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> {
    const meant = Object.entries(properties).filter(([name]) => this.#known.names[name]?.length !== 0);
    const fields = meant.map(([name, schema]) => [name, this.value(name, schema)] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: required });
  }

  /** An id of something that is another kind of thing, or nobody's. */
  stranger(): fc.Arbitrary<string> {
    return fc.constantFrom(...Object.values(this.#known.ids).flat());
  }

  #array(name: string, { items = {}, minItems = 0, maxItems = 3 }: Schema): fc.Arbitrary<unknown[]> {
    return fc.array(this.value(name, items), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 3)),
    });
  }

  #text({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
    const prefix = /^\^([a-z]+)_/.exec(pattern ?? '')?.[1];
    const ids = prefix && this.#known.ids[prefix];
    if (ids) return fc.constantFrom(...ids);
    if (format === 'date-time')
      return fc
        .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString());
    if (pattern) return fc.stringMatching(new RegExp(pattern), { size: '-1' });
    const letters = {
      minLength: Math.max(minLength, 1),
      maxLength: Math.max(minLength, Math.min(maxLength, 60)),
    };
    return fc
      .string({ unit: fc.constantFrom(...'abcñÁ7ü-𝒳'), ...letters })
      .map((text) => text.padEnd(minLength, 'x'));
  }

  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.#document.components.schemas[name] ?? {});
  }
}

/** As they stand in an address. */
function texts(fields: Record<string, unknown>): Record<string, string | string[]> {
  const text = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(text) : text(value),
    ]),
  );
}

type Wrong = { at: number; what: unknown; how: number };
type Place = { holder: Record<string, unknown>; name: string; isText: boolean };

/** Makes one thing in it wrong: another value, one too many letters, nothing, or a field that nobody knows. */
function spoil(
  request: Pick<Generated, 'params' | 'query' | 'body'> | { body: unknown },
  { at, what, how }: Wrong,
): boolean {
  const { params = {}, query = {}, body } = request as Generated;
  const places = [...placesIn(params, true), ...placesIn(query, true), ...placesIn(body, false)];
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return false;
  const { holder, name, isText } = place;
  const stands = holder[name];
  if (how === 0) delete holder[name];
  else if (how === 1) holder[`${name}x`] = isText ? 'x' : what;
  else if (how === 2 && typeof stands === 'string') holder[name] = `${stands}${stands.slice(-1) || 'x'}`;
  else if (how === 3 && typeof stands === 'string') holder[name] = stands.slice(0, -1);
  else holder[name] = isText && typeof what !== 'string' ? (JSON.stringify(what) ?? '') : what;
  return true;
}

/** Every place in it, however deep. */
function placesIn(said: unknown, isText: boolean): Place[] {
  if (typeof said !== 'object' || said === null) return [];
  return Object.entries(said).flatMap(([name, part]) => [
    { holder: said as Record<string, unknown>, name, isText },
    ...placesIn(part, isText),
  ]);
}
