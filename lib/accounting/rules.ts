import { z } from 'zod';
import { ACCOUNT_CODE, type AccountingRules, DEFAULT_RULES, MOST_EXCEPTIONS } from '~/lib/accounting/chart';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { PAGE_SIZE } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import type { AccountingRule } from '~/prisma/generated/client';

const account = z.string().regex(ACCOUNT_CODE);
const exception = z.object({
  group: z.enum(LEDGER_GROUPS),
  kind: z.enum(TRANSACTION_KINDS),
  account,
});
const rulesShape = z.object({
  accounts: z.partialRecord(z.enum(LEDGER_GROUPS), account),
  exceptions: z.array(exception).max(MOST_EXCEPTIONS),
});

/** `version` 0 are the ones that stand until somebody changes them. */
export type RulesInForce = { version: number; rules: AccountingRules };

/** Where postings go in the platform's accounting, as it is said now. */
export async function accountingRules(tx: Tx = db()): Promise<RulesInForce> {
  const newest = await tx.accountingRule.findFirst({ orderBy: { version: 'desc' } });
  return newest ? { version: newest.version, rules: rulesOf(newest) } : { version: 0, rules: DEFAULT_RULES };
}

function rulesOf({ accounts, exceptions }: AccountingRule): AccountingRules {
  return rulesShape.parse({ accounts, exceptions }) as AccountingRules;
}

/** Every version that somebody made, the newest first, with whose it is; so many of them. */
export async function listRuleVersions() {
  const rows = await db().accountingRule.findMany({ orderBy: { version: 'desc' }, take: PAGE_SIZE });
  const names = await operatorNames(rows.map(({ madeById }) => madeById));
  return rows.map((row) => ({ ...row, madeBy: names.get(row.madeById) ?? '' }));
}

export type SaidRules = {
  /** The version that was looked at. */
  version: number;
  /** By group; an empty one has no account. */
  accounts: Readonly<Partial<Record<string, string>>>;
  exceptions: readonly { group: string; kind: string; account: string }[];
};

/**
 * Says anew where postings go, from now on: files of before stay what they were. The same as is in force makes no new
 * version. Throws `conflict` where somebody else changed them meanwhile, and `invalid` with what is no account.
 */
export async function changeAccountingRules(actor: OperatorActor, input: SaidRules): Promise<RulesInForce> {
  authorize(actor, 'settings:write');
  const rules = checked(input);
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('accounting_rules'))::text`;
    const before = await accountingRules(tx);
    if (isSame(before.rules, rules)) return before;
    if (before.version !== input.version)
      throw new DomainError('conflict', 'Somebody changed them meanwhile.', {
        status: String(before.version),
      });
    return write(tx, actor, before, rules);
  });
}

async function write(
  tx: Tx,
  actor: OperatorActor,
  before: RulesInForce,
  rules: AccountingRules,
): Promise<RulesInForce> {
  const version = before.version + 1;
  const { accounts, exceptions } = rules;
  await tx.accountingRule.create({
    data: { version, accounts, exceptions: exceptions.map((each) => ({ ...each })), madeById: actor.id },
  });
  await recordAudit(tx, actor as Actor, {
    action: 'accounting_rules.changed',
    subject: 'setting',
    id: 'accountingRules',
    before: flat(before),
    after: flat({ version, rules }),
  });
  return { version, rules };
}

/** By field, so that the audit log shows what of them is another. */
function flat({ version, rules }: RulesInForce): Record<string, unknown> {
  const lines = rules.exceptions.map(({ group, kind, account: code }) => `${group} × ${kind} → ${code}`);
  return { version, ...rules.accounts, ...(lines.length > 0 && { exceptions: lines.join(', ') }) };
}

function checked({ accounts, exceptions }: SaidRules): AccountingRules {
  const faults: Record<string, string> = {};
  const said = Object.entries(accounts).filter(([, code]) => code !== undefined && code !== '');
  for (const [group, code = ''] of said) if (!ACCOUNT_CODE.test(code)) faults[group] = 'account_code';
  if (exceptions.length > MOST_EXCEPTIONS) faults.exceptions = 'too_many_rows';
  const seen = new Set<string>();
  for (const [nth, { group, kind, account: code }] of exceptions.entries()) {
    if (!ACCOUNT_CODE.test(code)) faults[`account${nth}`] = 'account_code';
    if (seen.has(`${group} ${kind}`)) faults[`kind${nth}`] = 'taken';
    seen.add(`${group} ${kind}`);
  }
  if (Object.keys(faults).length > 0) throw new InvalidInputError(faults);
  const parsed = rulesShape.safeParse({ accounts: Object.fromEntries(said), exceptions });
  if (!parsed.success) throw new InvalidInputError({ exceptions: 'required' });
  return parsed.data as AccountingRules;
}

function isSame(one: AccountingRules, other: AccountingRules): boolean {
  const text = ({ accounts, exceptions }: AccountingRules) =>
    JSON.stringify([
      LEDGER_GROUPS.map((group) => accounts[group] ?? null),
      exceptions.map(({ group, kind, account: code }) => [group, kind, code]).sort(),
    ]);
  return text(one) === text(other);
}
