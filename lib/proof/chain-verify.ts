import type { Head } from '~/lib/proof/chain';
import type { Fault } from '~/lib/proof/ranges';
import type { Ask } from '~/lib/proof/verify';
import { Prisma } from '~/prisma/generated/client';

const SEALS_AT_ONCE = 50;

type Options = { sealsAtOnce?: number; onProgress?: (progress: { done: number; total: number }) => void };

/**
 * Follows the chain from its first seal to its last: every sealed row is what it was, none is gone and none was put
 * between them, every seal follows from the one before it, and each head that was noted outside the database is still
 * a seal of it. Then, that each withdrawal is what was decided on. Returns the first wrong row of each rule.
 */
export async function verifyChain(
  ask: Ask,
  heads: Head[],
  { sealsAtOnce = SEALS_AT_ONCE, onProgress }: Options = {},
): Promise<Fault[]> {
  const first = new Map<string, Fault>();
  const check = async (query: Prisma.Sql) => {
    for (const fault of (await ask(query)) as Fault[])
      if (!first.has(fault.rule)) first.set(fault.rule, fault);
  };
  const [{ total }] = (await ask(
    Prisma.sql`SELECT coalesce(max(number), 0)::text AS total FROM chain_seals`,
  )) as [{ total: string }];
  for (let after = 0; after < Number(total); after += sealsAtOnce) {
    const to = after + sealsAtOnce;
    await check(changedRows(after, to));
    await check(brokenSeals(after, to));
    onProgress?.({ done: Math.min(to, Number(total)), total: Number(total) });
  }
  await check(undecidedWithdrawals);
  const lost = await lostHead(ask, heads);
  return [...first.values(), ...(lost ? [lost] : [])];
}

const changedRows = (after: number, to: number) => Prisma.sql`
  SELECT 'a sealed row of ' || s.kind || ' stays as it was' AS rule, s.kind || ' ' || w.id AS subject,
         CASE WHEN w.sealed IS NULL THEN 'not there: seal ' || s.number || ' of ' || to_char(s.sealed_at, 'YYYY-MM-DD HH24:MI:SS') || ' has no such row'
              ELSE 'as sealed by ' || s.number || ' at ' || to_char(s.sealed_at, 'YYYY-MM-DD HH24:MI:SS') || ': ' || encode(w.sealed, 'hex') END AS expected,
         CASE WHEN w.is IS NULL THEN 'deleted' WHEN w.sealed IS NULL THEN 'added' ELSE 'changed: ' || encode(w.is, 'hex') END AS actual
  FROM chain_seals s, LATERAL (
    SELECT coalesce(k.id, r.id) AS id, k.hash AS sealed, r.hash AS is
    FROM unnest(s.ids, s.hashes) k(id, hash) FULL JOIN chain_rows(s.kind, s.after, s.through) r(id, hash) ON r.id = k.id
    WHERE k.hash IS DISTINCT FROM r.hash
    ORDER BY 1 LIMIT 1) w
  WHERE s.number > ${after} AND s.number <= ${to}
  ORDER BY s.number LIMIT 50`;

/** Numbers follow each other, so do hashes, and of each table the rows of one seal begin where its last one ended. */
const brokenSeals = (after: number, to: number) => Prisma.sql`
  SELECT 'each seal follows from the one before it' AS rule, 'seal ' || coalesce(s.number, n.number) AS subject,
         CASE WHEN s.number IS NULL THEN 'there' ELSE encode(chain_hash(s), 'hex') || ' after ' || encode(coalesce(p.hash, ''), 'hex') END AS expected,
         CASE WHEN s.number IS NULL THEN 'deleted' ELSE encode(s.hash, 'hex') || ' after ' || encode(s.previous, 'hex') END AS actual
  FROM generate_series(${after + 1}::bigint, least(${to}::bigint, (SELECT max(number) FROM chain_seals))) n(number)
  LEFT JOIN chain_seals s ON s.number = n.number
  LEFT JOIN chain_seals p ON p.number = n.number - 1
  WHERE s.number IS NULL OR s.previous <> coalesce(p.hash, '') OR s.hash <> chain_hash(s)
    OR s.after IS DISTINCT FROM coalesce(
      (SELECT o.through FROM chain_seals o WHERE o.kind = s.kind AND o.number < s.number ORDER BY o.number DESC LIMIT 1), s.after)
  ORDER BY n.number LIMIT 5`;

const undecidedWithdrawals = Prisma.sql`
  SELECT 'a withdrawal is what was asked for and decided on' AS rule, 'withdrawal ' || coalesce(w.id, q.withdrawal_id) AS subject,
         coalesce(q.request_hash, 'a request') || coalesce(' by ' || q.decided_by, '') || coalesce(', ' || d.decision || ' by ' || d.decided_by, '') AS expected,
         CASE WHEN w.id IS NULL THEN 'deleted'
              ELSE withdrawal_hash(w) || ' by ' || w.requested_by_id || coalesce(', ' || p.verdict || ' by ' || p.operator_id, '') END AS actual
  FROM withdrawals w
  FULL JOIN (SELECT * FROM chain_decisions WHERE decision = 'requested') q ON q.withdrawal_id = w.id
  LEFT JOIN (SELECT * FROM chain_decisions WHERE decision IN ('approved', 'declined')) d ON d.withdrawal_id = w.id
  LEFT JOIN (
    SELECT DISTINCT ON (a.subject_id) a.subject_id, d.verdict::text AS verdict, d.operator_id, a.facts->>'requestHash' AS request_hash
    FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id AND d.verdict::text = a.state::text
    WHERE a.subject_type = 'withdrawal' AND a.action = 'withdrawal.pay'
    ORDER BY a.subject_id, d.at DESC, d.id DESC) p ON p.subject_id = w.id::text
  WHERE w.id IS NULL OR q.id IS NULL OR q.request_hash IS DISTINCT FROM withdrawal_hash(w) OR w.request_hash IS DISTINCT FROM q.request_hash
    OR q.decided_by IS DISTINCT FROM w.requested_by_id OR p.operator_id IS DISTINCT FROM d.decided_by
    OR p.verdict IS DISTINCT FROM d.decision OR p.request_hash IS DISTINCT FROM d.request_hash
  ORDER BY coalesce(w.created_at, q.at), 2 LIMIT 5`;

/** The first head that the database knows nothing of, and between which rows it came to that. */
async function lostHead(ask: Ask, heads: Head[]): Promise<Fault | null> {
  let sound = 0n;
  for (const { number, hash, at } of heads) {
    const [seal] = (await ask(Prisma.sql`
      SELECT encode(hash, 'hex') AS hash FROM chain_seals WHERE number = ${String(number)}::bigint`)) as {
      hash: string;
    }[];
    if (seal?.hash === hash) {
      sound = number;
      continue;
    }
    const [here] = (await ask(Prisma.sql`
      SELECT coalesce(max(number), 0)::text AS last,
        coalesce((SELECT kind || ' from ' || ids[1] FROM chain_seals WHERE number > ${String(sound)}::bigint ORDER BY number LIMIT 1), 'all that came after') AS rows
      FROM chain_seals`)) as { last: string; rows: string }[];
    return {
      rule: 'the chain has every head that was noted outside the database',
      subject: `seal ${number}, noted ${at}; sound up to seal ${sound}, suspect since: ${here?.rows}`,
      expected: hash,
      actual: seal ? `rewritten: ${seal.hash}` : `cut: the last seal is ${here?.last}`,
    };
  }
  return null;
}
