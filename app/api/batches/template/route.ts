import { getTranslations } from 'next-intl/server';
import { formatAsked, sheetFile } from '~/app/api/batches/sheet-file';
import { FIELDS } from '~/lib/batches/columns';
import { currentOperator } from '~/lib/session';

/** An empty file with the columns that are read, in the operator's language. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentOperator())) return new Response(null, { status: 401 });
  const t = await getTranslations('batches');
  return sheetFile({
    format: formatAsked(request),
    title: t('new.title'),
    name: t('new.template'),
    columns: FIELDS.map((field) => ({ header: t(`fields.${field}.name`), kind: 'text', width: 24 })),
    rows: [],
  });
}
