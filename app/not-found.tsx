import ConsoleLayout from '~/app/(console)/layout';
import { NotFound } from '~/components/layout/not-found';
import { currentOperator } from '~/lib/session';

/** An address that no page has: inside the console's frame for whoever is signed in. */
export default async function NotFoundPage() {
  if (await currentOperator())
    return (
      <ConsoleLayout>
        <NotFound />
      </ConsoleLayout>
    );
  return (
    <main>
      <NotFound />
    </main>
  );
}
