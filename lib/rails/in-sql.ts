import type { RailFacts } from '~/lib/rails/rail-facts';
import { railNamed, railNames } from '~/lib/rails/registry';
import { Prisma } from '~/prisma/generated/client';

/** What is so of the rail of the row `of`, which has a column `rail`. */
export function ofRail(of: Prisma.Sql, fact: (facts: RailFacts) => Prisma.Sql): Prisma.Sql {
  const each = railNames().map((name) => Prisma.sql`WHEN ${name} THEN ${fact(railNamed(name).facts())}`);
  return Prisma.sql`CASE ${of}.rail ${Prisma.join(each, ' ')} END`;
}

/** Whether the row `of` is of the mode in which its rail works: of another one nothing is asked for. */
export function isInMode(of: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${of}.mode = ${ofRail(of, ({ mode }) => Prisma.sql`${mode}::text`)}`;
}
