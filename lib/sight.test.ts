import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import type { Person } from '~/lib/people/masking';
import { readerOf, revealPerson } from '~/lib/people/reveals';
import type { Reader } from '~/lib/people/sight';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { type Planted, plant } from '~/lib/testing/planted';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { type Asked, READS } from '~/lib/testing/reads';

withTestDatabase();

/** Two of everything: one is revealed, the other never. */
let one: Planted;
let two: Planted;
beforeAll(async () => {
  [one, two] = [await plant(), await plant()];
  await db().standstill.create({ data: { kind: 'books_older', facts: {} } });
});

/** What each read answers this reader, as it would leave the house. */
async function answers(reader: Reader): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const planted of [one, two]) {
    const asked: Asked = {
      planted,
      eventId: (await db().inboxEvent.findFirstOrThrow({ where: { objectId: planted.transfer.id } })).id,
      refused: (await db().refusedDelivery.findMany()).map(({ id }) => id),
      adjustmentId: (await db().adjustment.findFirstOrThrow({ where: { fromWalletId: planted.wallet.id } }))
        .id,
      holdId: (await db().hold.findFirstOrThrow({ where: { walletId: planted.wallet.id } })).id,
      caseIds: (await db().case.findMany()).map(({ id }) => id),
      postings: (await db().ledgerTransaction.findMany()).map(({ id }) => id),
    };
    for (const [name, read] of Object.entries(READS)) {
      const found = await Promise.all(read(reader, asked));
      texts.set(name, (texts.get(name) ?? '') + JSON.stringify(found, plain));
    }
  }
  return texts;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...value] : value;
}

const PEOPLE = ['customer', 'entity', 'transfer', 'withdrawal', 'unexplained'] as const;
const secretsOf = (planted: Planted, whose: (typeof PEOPLE)[number] | 'nobody') =>
  whose === 'nobody' ? planted.nobody.all : planted[whose].secrets.all;
const all = () =>
  [one, two].flatMap((planted) => [...PEOPLE, 'nobody' as const].flatMap((who) => secretsOf(planted, who)));

function tellers(texts: Map<string, string>, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) =>
    [...texts].flatMap(([name, text]) => (text.includes(secret) ? [`${name}: ${secret}`] : [])),
  );
}

describe('what is personal', () => {
  it('is there for who may see it, each kind of it in some answer', async () => {
    const texts = await answers(ANYBODY);
    for (const secret of all()) expect(tellers(texts, [secret]), secret).not.toEqual([]);
  });

  it('is in no answer to a viewer, nor to a key that may only read, in free text neither', async () => {
    const viewer = await readerOf(await someOperator('viewer'));
    for (const reader of [viewer, OUTSIDER, await readerOf(await someOperator('support'))])
      expect(tellers(await answers(reader), all())).toEqual([]);
  });

  it.each(PEOPLE)(
    'of one %s is what somebody sees who revealed that one, and of nobody else',
    async (whose) => {
      const support = await someOperator('support');
      const person: Person = { subject: whose === 'unexplained' ? 'transfer' : whose, id: one[whose].id };
      await revealPerson(support, { ...person, reason: 'Verificar la identidad de quien llama' });
      const texts = await answers(await readerOf(support));
      const own = secretsOf(one, whose);
      expect(own.filter((secret) => tellers(texts, [secret]).length > 0).length).toBeGreaterThan(2);
      expect(
        tellers(
          texts,
          all().filter((secret) => !own.includes(secret)),
        ),
      ).toEqual([]);
    },
  );
});

/** Of what screens and routes read, what is nobody's personal data: counts, states, settings, the books, ourselves. */
const OF_NOBODY = new Set(
  (
    'canBeFilled setupFacts adjustmentTotals listAlarmMessages listAlarms alarmSettings channels countDecidable ' +
    'deliveriesOf countWaiting endedLately fourEyesOff looserFrom payoutConditions listRules getRule firedOn payoutEffects adjustmentEffects peopleOn auditChoices getLedgerAccountPage ownersOf ' +
    'countDepositRequests returnCover returnWaitsFor suspenseTotals documentRefusal draftSummary heldWithdrawals ' +
    'checkHealth checkReadiness countConflicts listEndpoints readHealth lastPollRun countDeadEvents eventTypes ' +
    'countWrongSecrets getReplay replayableIds balancesOfCustomers balancesAt walletBalancesAt ' +
    'accountingRules listRuleVersions listPolizaLines unmappedPostings requireMapped ' +
    'trialBalance liveToken booksByAsset firstSteps whatWaits listOperators findOpenBreak lastLedgerCheck ' +
    'listProofMovements listProofs proofSummaries currentActor currentOperator orNotFound orNone ' +
    'requireOperator signedIn orBeyond noteSeen stayAwake listOwnSessions listOwnFactors readLink enrolAtSignIn openAction setPasswordByLink getSetting isStandingStill getTerms listTerms listVersions listVersionsIn previewAssignment utilisationOf approvalRoom countInFlight approvalTotals ' +
    'actsOn listAssets enabledAssets assetOptions freeHouseRoles heldReturns followed countLiveNumbers portfolioTotals capStandings portfoliosOf searchLedgerAccounts sumSearchedAccounts listCaseOwners listCases listDebts debtTotals operatingWalletId plannedOf ' +
    'standingOf standingsOf whySecond takeByLink replicaHealth keptFor takenUpSince countDeliveries getEndpoint listDeliveries previewMove waitingMove movingNow formerUseOf readDay dayAssets sumFlowEntries readUsual inboxLag queuedPayouts casesWaiting listViews findLogo listNotices countUnread lastMailFailure noticeChoices'
  ).split(' '),
);

describe('screens and routes', () => {
  const root = path.resolve(import.meta.dirname, '..');
  const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
  const filesOf = (folder: string) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
      .map((file) => read(`${folder}/${file}`));
  const app = filesOf('app');
  /**
   * Every function of lib that they read with: what asks the database and is no verb, which authorizes by itself. The API's
   * routes are one line each, and read by what is walked here all the same.
   */
  const reads = [
    ...new Set(
      app.flatMap((text) =>
        [...text.matchAll(/import \{([^}]*)\} from '~\/(lib\/(?!api\/handle')[^']+)'/g)].flatMap(
          ([, names = '', file]) =>
            names
              .split(',')
              .map((name) => name.trim())
              .filter((name) => name !== '' && !name.startsWith('type '))
              .map((name) => `${file} ${name}`),
        ),
      ),
    ),
  ].flatMap((named) => {
    const [file = '', name = ''] = named.split(' ');
    const whole = read(`${file}.ts`);
    const found = (called: string) =>
      new RegExp(
        `^(?:export )?(?:(?:async )?function ${called}\\b[\\s\\S]*?^\\}|const ${called}\\b[\\s\\S]*?;$)`,
        'm',
      ).exec(whole)?.[0] ?? '';
    // A read that may be late says so of the function that reads.
    const [, behind] = / = late\((\w+)\);$/.exec(found(name)) ?? [];
    const text = found(behind ?? name);
    const asks = /^(export )?async function|\bPromise<|\bdb\(\)|= cache\(/.test(text);
    return asks && !/authorize\(|\(\s*actor: /.test(text) ? [{ name, text }] : [];
  });

  it('read nothing personal but as a reader, and each such read is walked above', () => {
    expect(reads.length).toBeGreaterThan(60);
    const unread = reads.filter(({ name }) => !OF_NOBODY.has(name));
    expect(unread.filter(({ text }) => !/\(\s*reader: Reader\b/.test(text)).map(({ name }) => name)).toEqual(
      [],
    );
    expect(unread.filter(({ name }) => !(name in READS)).map(({ name }) => name)).toEqual([]);
    expect([...OF_NOBODY].filter((name) => !reads.some((each) => each.name === name))).toEqual([]);
  });

  it('mask nothing by themselves: they show what they get', () => {
    const masking = /\bmask(Clabe|TaxId|Email|Phone|edText|edBody|edKyb)\b/;
    expect([...app, ...filesOf('components')].filter((text) => masking.test(text))).toEqual([]);
  });

  it('read of what is nobody’s no column that is somebody’s', () => {
    const columns =
      /counterparty_?(tax_?id|number|name)|beneficiary_?(tax_?id|name)|holder_?id|\b(tax_?id|email|phone|comment)\b/i;
    const telling = reads.filter(
      // Whose own session it is isn't somebody else.
      ({ name, text }) => OF_NOBODY.has(name) && columns.test(text),
    );
    expect(telling.map(({ name }) => name)).toEqual([]);
  });
});
