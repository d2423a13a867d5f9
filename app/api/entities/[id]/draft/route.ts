import { z } from 'zod';
import { answer } from '~/app/api/entities/answer';
import { saveDraft } from '~/lib/entities/kyb-drafts';
import { KYB_PARTS } from '~/lib/entities/kyb-parts';

const MAX_BYTES = 200_000;
const body = z.object({
  part: z.enum(KYB_PARTS),
  answers: z.record(z.string(), z.string()),
  version: z.number().int().min(0),
  editor: z.string().min(1).max(40),
  sequence: z.number().int().min(0).max(1_000_000),
});

/** Keeps what somebody types of a KYB, while they type it. */
export async function PUT(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id: entityId } = await params;
  return answer(request, async (actor) => {
    const text = await request.text();
    const parsed = text.length > MAX_BYTES ? null : body.safeParse(jsonOf(text));
    return parsed?.success ? saveDraft(actor, { entityId, ...parsed.data }) : null;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
