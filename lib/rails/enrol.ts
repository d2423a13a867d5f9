import { db } from '~/lib/db';
import { railNames } from '~/lib/rails/registry';

/** Writes down the rails that there are, before anything of theirs is: what is theirs points there. */
export async function enrolRails(): Promise<void> {
  await db().rail.createMany({ data: railNames().map((name) => ({ name })), skipDuplicates: true });
}
