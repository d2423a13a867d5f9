import { getTranslations } from 'next-intl/server';
import { formatAsked, sheetFile } from '~/app/api/batches/sheet-file';
import { wordsFor } from '~/app/api/export/words';
import { DEFAULT_LOCALE, isLocale, loadMessages } from '~/app/messages/load';
import type { BatchRowShown } from '~/lib/batches/read';
import { takeResult } from '~/lib/batches/result';
import { DomainError } from '~/lib/errors';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { toDecimal } from '~/lib/money';
import { textOf } from '~/lib/people/masking';
import { inScopeOf } from '~/lib/scope';
import { currentActor, currentOperator } from '~/lib/session';

const WIDTHS = { line: 8, beneficiary: 28, clabe: 22, amount: 14, fee: 12, asset: 8, status: 18 } as const;

/** Every line of the file with what became of it, in the operator's words and with the codes that programs read. */
export async function GET(request: Request, { params }: RouteContext<'/api/batches/[id]/result'>) {
  const [operator, actor, { id }] = [await currentOperator(), await currentActor(), await params];
  if (!operator || !actor) return new Response(null, { status: 401 });
  const format = formatAsked(request);
  try {
    const { fileName, asset, rows } = await inScopeOf(actor, () =>
      takeResult(actor, { batchId: id, format }),
    );
    const { columns, cellsOf } = await resultSheet(operator, asset);
    const t = await getTranslations('batches.result');
    const name = `${fileName.replace(/\.\w+$/, '')}-${t('title')}`;
    return sheetFile({ format, title: t('title'), name, columns, rows: rows.map(cellsOf) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response(null, { status: error.code === 'forbidden' ? 403 : 404 });
  }
}

async function resultSheet(
  { timeZone, locale: chosen }: { timeZone: string; locale: string },
  asset: string,
) {
  const locale = isLocale(chosen) ? chosen : DEFAULT_LOCALE;
  const messages = await loadMessages(locale);
  const words = wordsFor({ timeZone, messages });
  const { rows: heads, fields, faults } = messages.batches;
  const text = (header: string, width: number): SheetColumn => ({ header, kind: 'text', width });
  const why = (code: string): string => lookUp(faults, code) ?? lookUp(messages.invalid, code) ?? code;
  const reasonOf = ({
    faults: wrong,
    end,
    leftOut,
    repeatsLine,
    repeatsId,
  }: BatchRowShown): string | null => {
    if (wrong.length > 0)
      return wrong.map((each) => `${fields[each.field].name}: ${why(each.why)}`).join('; ');
    if (end?.kind === 'refused') return lookUp(messages.errors, end.code) ?? end.code;
    if (end?.code) return words.failure(end.code);
    return leftOut && (repeatsLine !== null || repeatsId !== null) ? messages.batches.views.repeated : null;
  };
  const stateOf = ({ withdrawal, leftOut, end, faults: wrong }: BatchRowShown): string => {
    if (withdrawal) return words.status('withdrawal', withdrawal.status);
    if (wrong.length > 0 || leftOut) return heads.leftOut;
    return end ? messages.batches.progress.refused : heads.toHold;
  };
  const columns: SheetColumn[] = [
    { header: heads.line, kind: 'count', width: WIDTHS.line },
    text(heads.beneficiary, WIDTHS.beneficiary),
    text(fields.destination.name, WIDTHS.clabe),
    { header: heads.amount, kind: 'amount', width: WIDTHS.amount },
    { header: heads.fee, kind: 'amount', width: WIDTHS.fee },
    text(heads.asset, WIDTHS.asset),
    text(heads.status, WIDTHS.status),
    text(heads.reason, 48),
    text(heads.trackingKey, 32),
    text(heads.withdrawalId, 38),
  ];
  const cellsOf = (row: BatchRowShown): Cell[] => [
    String(row.line),
    row.name ?? row.typed.name ?? null,
    row.destination === null ? (row.typed.destination ?? null) : textOf(row.destination),
    row.amount === null ? null : toDecimal(row.amount, asset),
    row.withdrawal ? toDecimal(row.withdrawal.feeAmount, asset) : null,
    asset,
    stateOf(row),
    reasonOf(row),
    row.withdrawal?.transfer?.trackingKey ?? null,
    row.withdrawal?.id ?? null,
  ];
  return { columns, cellsOf };
}

function lookUp(words: object, code: string): string | undefined {
  return Object.hasOwn(words, code) ? (words as Record<string, string>)[code] : undefined;
}
