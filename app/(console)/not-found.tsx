import { NotFound } from '~/components/not-found';

/** A page of the console that found nothing under its id, or that a role may not open. */
export default function ConsoleNotFoundPage() {
  return <NotFound />;
}
