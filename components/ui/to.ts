import type { Route } from 'next';

/** An address of the console, made where no link takes it at once: one that leads nowhere fails the types. */
export function to<Path extends string>(path: Route<Path>): Route {
  return path as Route;
}

/** An address that was made or written down elsewhere, by the console itself. */
export function known(path: string): Route {
  return path as Route;
}
