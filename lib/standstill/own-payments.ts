import { Prisma } from '~/prisma/generated/client';

/** Whether a transfer is a payment of a wallet's move between two accounts of ours, which these books had sent. */
export function isMove(t: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM pattern_payments z JOIN fintoc_requests r ON r.purpose = 'move_payment:' || z.id AND r.attempts > 0
    WHERE z.id = ${t}.marked_withdrawal_id)`;
}
