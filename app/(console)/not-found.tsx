import { NotFound } from '~/components/layout/not-found';

/** A page of the console that found nothing under its id, or that a role may not open. */
export default function ConsoleNotFoundPage() {
  return <NotFound />;
}
