import { z } from 'zod';
import { answer } from '~/app/api/entities/answer';
import { uploadOnboardingDocument } from '~/lib/entities/entities';
import { DOCUMENT_MAX_BYTES } from '~/lib/entities/kyb-document';
import type { UploadTarget } from '~/lib/entities/kyb-slots';

/** A file and the form around it. */
const MAX_BYTES = DOCUMENT_MAX_BYTES + 1024 * 1024;
const id = z.string().min(1).max(255);
const upload = z.object({
  onboardingId: id,
  slot: id.optional(),
  shareholderId: id.optional(),
  representativeId: id.optional(),
  file: z.instanceof(File),
  requestId: z.uuid(),
});

/** Hands one document to Fintoc. */
export async function POST(request: Request): Promise<Response> {
  return answer(request, async (actor) => {
    if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) return null;
    const form = await request.formData().catch(() => new FormData());
    const parsed = upload.safeParse(Object.fromEntries(form));
    const target = parsed.success ? targetOf(parsed.data) : null;
    if (!parsed.success || !target) return null;
    const { onboardingId, file, requestId } = parsed.data;
    return uploadOnboardingDocument(actor, { onboardingId, target, file, requestId });
  });
}

function targetOf({ slot, shareholderId, representativeId }: z.output<typeof upload>): UploadTarget | null {
  if (shareholderId) return { shareholderId };
  if (!slot) return null;
  return representativeId ? { representativeId, slot } : { slot };
}
