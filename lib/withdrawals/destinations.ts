import { Prisma, type Withdrawal } from '~/prisma/generated/client';

/** Banks print names in capitals and without accents: that is no other name. */
export function spelled(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a withdrawal `d` goes there. */
export function isTo({
  destinationKind,
  destination,
}: Pick<Withdrawal, 'destinationKind' | 'destination'>): Prisma.Sql {
  return Prisma.sql`(d.destination = ${destination} AND d.destination_kind = ${destinationKind}::destination_kind)`;
}
