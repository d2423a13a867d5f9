import { getTranslations } from 'next-intl/server';
import { readMovements } from '~/app/(console)/movements/params';
import { getWalletName } from '~/app/(console)/wallets/get-wallet-name';
import { paramsOf } from '~/components/read-address';
import { dayOf } from '~/components/search-params';
import { bankShown } from '~/lib/clabe';
import { CSV_START, csvLine } from '~/lib/csv';
import { isMalformedId } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { log } from '~/lib/log';
import { toDecimal } from '~/lib/money';
import { can } from '~/lib/roles';
import { currentActor, currentOperator } from '~/lib/session';
import type { Movement } from '~/lib/transfers/movements';
import { exportMovements } from '~/lib/transfers/movements-export';

/** The list of movements as CSV, with the filters of its page in the address; `?wallet=` for one wallet's. */
export async function GET(request: Request): Promise<Response> {
  const [operator, actor] = [await currentOperator(), await currentActor()];
  if (!operator || !actor) return new Response(null, { status: 401 });
  try {
    const { timeZone } = operator;
    const { filter, unreadable } = await readMovements(paramsOf(request.url), timeZone);
    const wholeOnly = !can(operator.role, 'people:read');
    const pages = await exportMovements(actor, { ...filter, wholeOnly }, { unreadable });
    const words = await csvWords(timeZone);
    return new Response(streamOf(linesOf(pages, words)), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${words.file}-${dayOf(new Date(), timeZone)}.csv"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof DomainError)
      return new Response(null, { status: error.code === 'forbidden' ? 403 : 404 });
    if (isMalformedId(error)) return new Response(null, { status: 404 });
    log.error({ err: error, actor: actor.id }, 'export failed');
    throw error;
  }
}

/** Asks for the next rows when the reader has taken the last: nothing piles up, and nothing is read in vain. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

type Words = Awaited<ReturnType<typeof csvWords>>;

async function csvWords(timeZone: string) {
  const [t, kinds, nameOf] = await Promise.all([
    getTranslations('movements.export'),
    getTranslations('kinds.movement'),
    getWalletName(),
  ]);
  const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return {
    file: t('file'),
    head: COLUMNS.map((column) => t(`columns.${column}`, { zone: timeZone })),
    nameOf,
    moment: (at: Date) => moment.format(at),
    kind: (kind: string) => {
      const key = kind as Parameters<typeof kinds>[0];
      return kinds.has(key) ? kinds(key) : kind;
    },
  };
}

const COLUMNS = [
  'effectiveAt',
  'postedAt',
  'kind',
  'wallet',
  'customer',
  'amount',
  'balance',
  'asset',
  'counterparty',
  'number',
  'bank',
  'trackingKey',
  'reference',
  'concept',
  'status',
  'walletId',
  'transferId',
  'withdrawalId',
  'transactionId',
] as const;

async function* linesOf(pages: AsyncIterable<Movement[]>, words: Words): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(CSV_START + csvLine(words.head));
  for await (const movements of pages) {
    yield encoder.encode(movements.map((movement) => csvLine(cellsOf(movement, words))).join(''));
  }
}

function cellsOf(movement: Movement, { moment, kind, nameOf }: Words) {
  const { asset, walletName, walletHouseRole, counterpartyName, counterpartyHouseRole } = movement;
  return [
    moment(movement.effectiveAt),
    moment(movement.postedAt),
    kind(movement.kind),
    nameOf({ name: walletName, houseRole: walletHouseRole }),
    movement.customerName,
    toDecimal(movement.amount, asset),
    toDecimal(movement.balanceAfter, asset),
    asset,
    counterpartyName && nameOf({ name: counterpartyName, houseRole: counterpartyHouseRole }),
    movement.counterpartyNumber,
    bankShown(movement.counterpartyNumber, movement.counterpartyBank),
    movement.trackingKey,
    movement.referenceId,
    movement.comment,
    movement.status,
    movement.walletId,
    movement.transferId,
    movement.withdrawalId,
    movement.transactionId,
  ];
}
