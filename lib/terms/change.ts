import { z } from 'zod';
import type { Actor } from '~/lib/actor';
import type { Act } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { assign } from '~/lib/terms/assign';
import { AMOUNT_FIELDS, factsOfTerms, type TermsFacts } from '~/lib/terms/fields';
import { CustomerKind } from '~/prisma/generated/enums';

const count = z
  .string()
  .transform((text) => BigInt(text))
  .nullable();
const amounts = Object.fromEntries(AMOUNT_FIELDS.map((name) => [name, count]));
const counts = Object.fromEntries(
  ['deposit', 'withdrawal'].flatMap((flow) =>
    ['Day', 'Week', 'Month'].map((period) => [`${flow}${period}Count`, count]),
  ),
);

/** As an approval keeps them: every bigint is text. */
const factsShape = z
  .object({
    ...amounts,
    ...counts,
    depositsEnabled: z.boolean(),
    withdrawalsEnabled: z.boolean(),
    depositRailsOff: z.array(z.string()),
    withdrawalRailsOff: z.array(z.string()),
    depositFeeBps: z.number(),
    withdrawalFeeBps: z.number(),
    depositsRefusedByRail: z.boolean(),
    adjustmentsCount: z.boolean(),
    refundFeeOnReturn: z.boolean(),
    debtShareBps: z.number().default(10_000),
    eligibleKinds: z.array(z.enum(CustomerKind)),
    eligibleCountries: z.array(z.string()),
    kybRequired: z.boolean(),
    minAge: z.number().nullable(),
  })
  .transform((facts) => facts as unknown as TermsFacts);

const version = z.object({
  kind: z.literal('version'),
  name: z.string(),
  asset: z.string(),
  version: z.number(),
  before: factsShape,
  after: factsShape,
});
const assignment = z.object({
  kind: z.literal('assign'),
  name: z.string(),
  asset: z.string(),
  version: z.number(),
  fromId: z.uuid().nullable(),
  walletIds: z.array(z.uuid()),
  wallets: z.number(),
});

/** What `terms.change` asks for: a new version, or that wallets are under one. */
export const termsChangeShape = z.discriminatedUnion('kind', [version, assignment]);
export type TermsChange = z.output<typeof termsChangeShape>;

/** Does what `terms.change` asks for. */
export async function doTermsChange(tx: Tx, actor: Actor, { subjectId, facts }: Act): Promise<void> {
  const asked = termsChangeShape.parse(facts);
  if (asked.kind === 'assign') await assign(tx, actor, { termsId: subjectId, ...asked });
  else await writeVersion(tx, actor, asked);
}

async function writeVersion(tx: Tx, actor: Actor, asked: z.output<typeof version>): Promise<void> {
  const { name, asset, after } = asked;
  const before = await tx.walletTerms.findFirstOrThrow({ where: { name }, orderBy: { version: 'desc' } });
  // The unique key of name and version refuses the second of two at once.
  const [made] =
    before.version === asked.version
      ? await tx.walletTerms.createManyAndReturn({
          data: [{ ...after, name, asset, version: asked.version + 1 }],
          skipDuplicates: true,
        })
      : [];
  if (!made) throw new DomainError('conflict', 'There is a newer version.', { status: `v${before.version}` });
  await recordAudit(tx, actor, {
    action: 'wallet_terms.changed',
    subject: 'wallet_terms',
    id: made.id,
    before: { ...factsOfTerms(before), version: before.version },
    after: { ...factsOfTerms(made), version: made.version },
  });
}
