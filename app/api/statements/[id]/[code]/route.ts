import { fileAnswer } from '~/app/api/statements/answer';
import { takeByLink } from '~/lib/statements/mail';

/** The file of a statement, for whoever was sent its link by mail, until its time is over. */
export async function GET(_request: Request, { params }: RouteContext<'/api/statements/[id]/[code]'>) {
  const { id: mailId, code } = await params;
  return fileAnswer(() => takeByLink({ mailId, code }));
}
