import { authorize, type OperatorActor, system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { log } from '~/lib/log';
import { consoleAddress, type Letter, mailWay, post, Unposted } from '~/lib/notices/post';
import { once } from '~/lib/once';
import { noteLook } from '~/lib/people/looks';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Held, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { can } from '~/lib/roles';
import { codeFor, isCodeFor } from '~/lib/secrets';
import { addMails, addressesIn, recordStatement } from '~/lib/statements/ask';
import { dayOf } from '~/lib/statements/content';
import { customersSeen, fileOf, type TakenFile } from '~/lib/statements/file';
import { fileTypeOf, MOST_ATTACHED_BYTES, type StatementLocale } from '~/lib/statements/kinds';
import { writeStatementMail } from '~/lib/statements/mail-text';
import { mailedName } from '~/lib/statements/names';
import { platformOf } from '~/lib/statements/platform';
import { speakerOf } from '~/lib/statements/said';
import { isUuid } from '~/lib/uuid';
import { Prisma, type Statement } from '~/prisma/generated/client';

const QUEUE: Queue = {
  name: 'statement_mails',
  leaseSeconds: 60,
  backoff: { firstMs: 10_000, mostMs: 4 * 3_600_000 },
  mostAttempts: 12,
};

export type NewMail = { id: string; mailTo: readonly string[]; requestId: string };

/**
 * Sends a statement to these addresses, once it is made; where it goes already it doesn't go again. Throws `invalid`,
 * and `statement_expired` once its file is gone.
 */
export async function mailStatement(actor: OperatorActor, { id, mailTo, requestId }: NewMail) {
  authorize(actor, 'lists:export');
  const addresses = addressesIn(mailTo, actor);
  if (!isUuid(id)) throw notFound('statement', id);
  return transaction(async (tx) => {
    const recall = () => tx.statement.findUniqueOrThrow({ where: { id } });
    const content = { id, addresses };
    return once(tx, actor, { act: 'statement.mail', requestId, content }, recall, async () => {
      const statement = await tx.statement.findUnique({ where: { id } });
      if (!statement) throw notFound('statement', id);
      if (statement.state === 'ready') fileOf(statement);
      if (statement.state === 'failed')
        throw new DomainError('conflict', 'The statement is failed.', { status: 'failed' });
      if (statement.state === 'expired')
        throw new DomainError('statement_expired', 'The file was deleted. Ask for the statement again.');
      await addMails(tx, actor, statement, addresses);
      return statement;
    });
  });
}

const DUE = Prisma.sql`
  SELECT m.id::text AS item FROM statement_mails m JOIN statements s ON s.id = m.statement_id
  WHERE m.state = 'waiting' AND s.state NOT IN ('queued', 'making') ORDER BY m.created_at, m.id LIMIT 200`;

/**
 * Sends the mails whose files are made. One that was sent is not sent again; a worker that dies after the server took it
 * leaves it to be sent once more, under the same id and with the same link. Answers how many it worked on.
 */
export async function sendStatementMails(): Promise<number> {
  // What nothing takes waits: whoever sets up a server later has it sent.
  return mailWay() === null ? 0 : workOff(QUEUE, DUE, 4, send);
}

async function send(held: Held): Promise<void> {
  const mail = await db().statementMail.findUniqueOrThrow({
    where: { id: held.item },
    include: { statement: true, askedBy: { include: WITH_ROLE } },
  });
  const { statement, askedBy, address } = mail;
  const role = roleOf(askedBy);
  const may = can(role, 'lists:export') && can(role, 'people:read');
  if (askedBy.disabledAt || !may) return end(held, statement, { error: 'asker_gone' });
  if (statement.state !== 'ready' || !statement.expiresAt || statement.expiresAt <= new Date())
    return end(held, statement, { error: 'no_file' });
  const letter = await letterOf(mail.id, address, statement);
  try {
    await post(letter);
  } catch (error) {
    if (!(error instanceof Unposted)) throw error;
    if (!error.isFinal && !nextTry(QUEUE, held.attempts).isLast) throw error;
    log.error({ mail: held.item, attempts: held.attempts, reason: error.message }, 'statement mail given up');
    return end(held, statement, { error: error.message });
  }
  await end(held, statement, { isAttached: letter.attachment !== undefined });
}

async function letterOf(id: string, address: string, statement: Statement): Promise<Letter> {
  const { timeZone, bytes, expiresAt, fromDay, toDay } = statement;
  const locale = statement.locale as StatementLocale;
  const { name: platform } = await platformOf();
  const { words, day, moment } = speakerOf(locale, timeZone);
  const [from, to] = [day(dayOf(fromDay)), day(dayOf(toDay))];
  const period = from === to ? from : words.range(from, to);
  const isSmall = bytes !== null && bytes <= MOST_ATTACHED_BYTES;
  const link = { address: linkTo(id), until: moment(expiresAt ?? new Date()) };
  const written = writeStatementMail({ locale, platform, period, link: isSmall ? null : link });
  const letter = { ...written, id, to: { name: '', address } };
  if (!isSmall) return letter;
  const { name, type, body } = fileOf(statement);
  const content = Buffer.from(await new Response(body).arrayBuffer());
  return { ...letter, attachment: { name: mailedName(statement, words, fileTypeOf(name)), type, content } };
}

type End = { isAttached: boolean } | { error: string };

async function end(held: Held, statement: Statement, how: End): Promise<void> {
  const isSent = 'isAttached' in how;
  const whose = isSent ? await customersSeen(statement) : [];
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    const { askedBy } = await tx.statementMail.update({
      where: { id: held.item, state: 'waiting' },
      data: { state: isSent ? 'sent' : 'dead', ...how, endedAt: new Date() },
      select: { askedBy: { select: { id: true, name: true, role: true, ...WITH_ROLE } } },
    });
    // Whoever sends it shows it: the look is theirs.
    const { id, name } = askedBy;
    await noteLook(
      tx,
      { kind: 'operator', id, name, role: roleOf(askedBy) },
      { way: 'statement', about: statement.id },
      whose,
    );
  });
}

const codeOf = (mailId: string) => `statement mail ${mailId}`;

function linkTo(mailId: string): string {
  return new URL(`/api/statements/${mailId}/${codeFor(codeOf(mailId))}`, consoleAddress()).href;
}

/**
 * The file for whoever has the link of a mail, until its time is over: that it was taken is written down first. Throws
 * `not_found` for a link that nobody was sent.
 */
export async function takeByLink({ mailId, code }: { mailId: string; code: string }): Promise<TakenFile> {
  const isOurs = isUuid(mailId) && isCodeFor(codeOf(mailId), code);
  const mail = isOurs
    ? await db().statementMail.findUnique({ where: { id: mailId }, include: { statement: true } })
    : null;
  if (mail?.state !== 'sent') throw notFound('statement', mailId);
  const file = fileOf(mail.statement);
  await transaction(async (tx) => {
    await tx.statementMail.update({ where: { id: mailId }, data: { taken: { increment: 1 } } });
    await recordStatement(tx, system('statements'), 'statement.downloaded', mail.statement);
  });
  return file;
}
