import { db } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/** The tables in which a text stands in some row, in whatever column and however deep in JSON. */
export async function everywhere(text: string): Promise<string[]> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db().$queryRaw<{ has: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM ${Prisma.raw(`"${name}"`)} t WHERE strpos(lower(t::text), lower(${text})) > 0) AS has`;
    if (row?.has) found.push(name);
  }
  return found;
}
