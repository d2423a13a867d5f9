import { z } from 'zod';
import type { KeyActor } from '~/lib/actor';
import type { Scope } from '~/lib/api/scopes';

/** A request, read. `requestId` is what a verb does it once under. */
export type Call<Params = unknown, Query = unknown, Body = unknown> = {
  actor: KeyActor;
  scopes: readonly Scope[];
  params: Params;
  query: Query;
  body: Body;
  requestId: string;
};

/** A verb of the API: what it takes, what it answers, and who may. One line under app/api/v1 serves it. */
export type Operation = {
  /** `createWallet`: OpenAPI's operationId. */
  id: string;
  method: 'GET' | 'POST' | 'PATCH';
  /** Below /api/v1, as OpenAPI writes it: `/wallets/{id}`. */
  path: string;
  tag: string;
  summary: string;
  /** null: any key. */
  scope: Scope | null;
  /** Fields of the body that take another scope besides. */
  scopeOf?: Readonly<Record<string, Scope>>;
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodObject | null;
  /** Of what takes a file in place of JSON: what it can be, and of how many bytes at most. */
  upload?: Upload;
  status: 200 | 201;
  answer: z.ZodType;
  /** Of what answers with a file in place of JSON: what it can be. */
  media?: readonly string[];
  /** Of what only reads and is refused all the same, as things stand or because it doesn't fit. */
  refuses?: readonly (409 | 422)[];
  run(call: Call): Promise<unknown>;
};

export type Upload = { types: readonly string[]; mostBytes: number };

/** A file as an answer, sent as fast as it is taken. */
export type AnsweredFile = { name: string; type: string; bytes: bigint; body: ReadableStream<Uint8Array> };

/** The answer of what has `media`. */
export const fileAnswer = z
  .custom<AnsweredFile>()
  .meta({ override: { type: 'string', format: 'binary' }, id: 'File' });

type Spec<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject | null> = Omit<
  Operation,
  'params' | 'query' | 'body' | 'run' | 'answer'
> & { params: Params; query: Query; body: Body };

/** What a verb is given of a body: what was parsed, or the file that was sent. */
type Sent<Body> = Body extends z.ZodObject ? z.output<Body> : File;

/** Ties what runs to what is parsed and what is answered. */
export function operation<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject | null,
  Answer extends z.ZodType,
>(
  spec: Spec<Params, Query, Body> & {
    answer: Answer;
    run(call: Call<z.output<Params>, z.output<Query>, Sent<Body>>): Promise<z.input<Answer>>;
  },
): Operation {
  return spec;
}
