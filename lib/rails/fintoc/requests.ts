import { toJson } from '~/lib/audit/audit';
import { db } from '~/lib/db';
import { isRefusal } from '~/lib/rails/failures';
import { FintocError } from '~/lib/rails/fintoc/answers';
import { KEY_LIFE_MS } from '~/lib/rails/fintoc/facts';
import { post } from '~/lib/rails/fintoc/gateway';
import type { Prisma } from '~/prisma/generated/client';

type Creation = {
  /** What it is for, for example wallet:<id>:MXN:account. One purpose makes one object at Fintoc, ever. */
  purpose: string;
  path: string;
  body: object;
  /** Finds what stands at Fintoc already, for when it refuses to make it, or may have forgotten the key. */
  find?: () => Promise<object | null>;
  /** Since when it could have been asked for. */
  since?: Date;
  /** Asked when its turn has come, right before the request. What it throws keeps it from being sent. */
  inTurn?: () => Promise<void>;
};

/**
 * Creates an object at Fintoc once. The request is written down with its key before it is sent, so after a crash or
 * a time-out the same request goes out under the same key; the answer is stored and given again ever after.
 * Throws FintocError; a refused request is sent anew, under a new key, when it is called again. What Fintoc refuses to
 * make because it stands there already is taken for the answer.
 */
export async function createOnce({ purpose, path, body, find, since, inTurn }: Creation): Promise<object> {
  await db().fintocRequest.createMany({
    data: [
      { purpose, idempotencyKey: `monedero:${purpose}`, path, body: toJson(body) as Prisma.InputJsonValue },
    ],
    skipDuplicates: true,
  });
  let request = await db().fintocRequest.findUniqueOrThrow({ where: { purpose } });
  if (request.state === 'done') return request.response as object;
  const forgotten = isForgotten(request.createdAt);
  // Never sent, as these books know: before a restore they may have known better, under a key that is forgotten by now.
  const unsure = forgotten || (request.attempts === 0 && since !== undefined && isForgotten(since));
  const found = unsure ? await find?.() : null;
  if (found) return settle(purpose, found);
  if (request.state === 'refused' || forgotten) {
    request = await db().fintocRequest.update({
      where: { purpose },
      data: {
        idempotencyKey: `monedero:${purpose}:${request.attempts}`,
        path,
        body: toJson(body) as Prisma.InputJsonValue,
        state: 'sent',
        createdAt: new Date(),
      },
    });
  }
  await db().fintocRequest.update({ where: { purpose }, data: { attempts: { increment: 1 } } });
  try {
    const answer = await post({
      path: request.path,
      body: request.body as object,
      idempotencyKey: request.idempotencyKey,
      inTurn,
    });
    return await settle(purpose, own(answer));
  } catch (error) {
    if (error instanceof FintocError) {
      const state = isRefusal(error) ? 'refused' : 'sent';
      // Only of its own key: meanwhile another may have been sent, and have made what was wanted.
      await db().fintocRequest.updateMany({
        where: { purpose, idempotencyKey: request.idempotencyKey, state: { not: 'done' } },
        data: { state, error: `${error.code}: ${error.message}` },
      });
      const standing = isNo(error) ? await find?.() : null;
      if (standing) return settle(purpose, standing);
    }
    throw error;
  }
}

/** What was made, by its id. A proxy's page that comes with a 200 says nothing, and kept it would be the answer ever after. */
function own(answer: unknown): object {
  const { id } = (typeof answer === 'object' && answer !== null ? answer : {}) as { id?: unknown };
  if (typeof id === 'string') return answer as object;
  throw new FintocError('Not Fintoc’s own answer: 200.', { status: 200, code: 'http_200' });
}

/** Whether Fintoc may have forgotten a key of then. */
function isForgotten(at: Date): boolean {
  return Date.now() - at.getTime() > KEY_LIFE_MS;
}

/** Also a conflict, which may mean that what was asked for is there. */
function isNo(error: FintocError): boolean {
  return isRefusal(error) || error.status === 409;
}

/** The first answer counts, whoever got it. */
async function settle(purpose: string, response: object): Promise<object> {
  await db().fintocRequest.updateMany({
    where: { purpose, state: { not: 'done' } },
    data: { state: 'done', response: toJson(response) as Prisma.InputJsonValue, error: null },
  });
  const settled = await db().fintocRequest.findUniqueOrThrow({ where: { purpose } });
  return settled.response as object;
}
