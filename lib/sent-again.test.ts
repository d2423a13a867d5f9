import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/**
 * What a form or a button may send a second time, because it was pressed twice or its answer was lost, without a request
 * id: for each why that does nothing more.
 */
const HARMLESS = {
  /** Decided or ended once: who did it finds it done, whoever else is told by whom. */
  ended: [
    ...['approveAdjustment', 'declineAdjustment', 'cancelAdjustment', 'cancel', 'approveAll', 'declineAll'],
    ...['removeBeneficiary', 'submitOnboarding', 'discardDraft', 'seeConflicts', 'concealPerson'],
    ...[
      'cancelOpening',
      'cancelAsset',
      'reopenWallet',
      'reopenCustomer',
      'approveWithdrawal',
      'declineWithdrawal',
    ],
    ...['cancelWithdrawal', 'endByHand', 'endDebtPlan', 'acknowledgeAlarm', 'blockBeneficiary', 'revokeKey'],
    ...['endGuest', 'removeRole'],
    ...['endSessions', 'endOwnSession', 'endOtherSessions', 'removeEndpoint', 'cancelMove', 'confirmBatch'],
    ...['approveBatch', 'declineBatch', 'cancelBatch', 'cancelSchedule', 'forgetView', 'enableNumber'],
    ...['removeTotp', 'removePasskey', 'stopStatements'],
  ],
  /** One stands at a time, and is answered: a stop of the account, a reveal, a portfolio of the name. */
  standing: ['stopPayouts', 'revealPerson', 'createPortfolio'],
  /** The same value is set once more. */
  set: [
    ...['keepNumber', 'changeCustomer', 'renamePortfolio', 'finishPart', 'moveWallet', 'setAlarmWebhook'],
    ...['setSubmittingMinutes', 'changeAsset', 'changeDueHours', 'changePreferences'],
    ...['changeEndpoint', 'switchEndpoint', 'saveView', 'chooseLocale', 'chooseTimeZone'],
    ...['changePlatform', 'changeAccountingRules', 'chooseNotices', 'readNotice', 'readAllNotices'],
  ],
  /** Asks the rail or the worker to look, or reads. */
  looks: [
    ...['choosable', 'sync', 'refreshOnboarding', 'askFintoc', 'recoverBreak', 'proveNow', 'retryOpening'],
    ...['syncNow', 'readyPack'],
  ],
  /** Says the same again under the same id, to whoever listens. */
  told: ['sendTestAlarm', 'sendTest', 'resendSince', 'resendDelivery', 'fillWithCompany'],
  /** A secret that nobody saw is worth nothing: another takes its place. */
  secrets: ['rotateKey', 'rotateAlarmSecret', 'setUpTotp', 'beginPasskey', 'renewCodes'],
  /** What it is sent with counts once: a code, the answer to a challenge, a link. */
  usedUp: ['addTotp', 'addPasskey', 'setPasswordByLink'],
};

const app = path.join(import.meta.dirname, '../app');
const DECLARATION = /^(?:export )?(?:const|async function|function|type) (\w+)/;

/** Every server action, and whether what it takes has a request id, in its schema or in one that this is made of. */
function serverActions(): { name: string; takesId: boolean }[] {
  return fs
    .readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => fs.readFileSync(path.join(app, file), 'utf8'))
    .filter((text) => text.startsWith("'use server'"))
    .flatMap((text) => {
      const parts = text.split(/^(?=(?:export )?(?:const|async function|function|type) \w)/m);
      const known = new Map(parts.map((part) => [DECLARATION.exec(part)?.[1] ?? '', part]));
      const takesId = (name: string, seen: Set<string>): boolean => {
        const part = known.get(name);
        if (part === undefined || seen.has(name)) return false;
        seen.add(name);
        return /\brequestId\b/.test(part) || [...part.matchAll(/\w+/g)].some(([word]) => takesId(word, seen));
      };
      return [...known.keys()]
        .filter((name) => name.endsWith('Action'))
        .map((name) => ({ name: name.replace(/Action$/, ''), takesId: takesId(name, new Set()) }));
    });
}

it('every server action is done once under a request id, or does nothing more when it comes again', () => {
  const actions = serverActions();
  expect(actions.length).toBeGreaterThan(100);
  const without = new Set(actions.filter(({ takesId }) => !takesId).map(({ name }) => name));
  expect([...without].sort()).toEqual(Object.values(HARMLESS).flat().sort());
});
