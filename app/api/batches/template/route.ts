import { getTranslations } from 'next-intl/server';
import { asked } from '~/app/api/asked';
import { formatAsked, sheetFile } from '~/app/api/batches/sheet-file';
import { fieldsOf, networkOf } from '~/lib/batches/columns';
import { destinationsOf } from '~/lib/rails/registry';
import { currentOperator } from '~/lib/session';

/** An empty file with the columns that are read for an asset (`?asset=`), in the operator's language. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentOperator())) return new Response(null, { status: 401 });
  const t = await getTranslations('batches');
  const network = networkOf(destinationsOf(asked(request, 'asset') || 'MXN'));
  return sheetFile({
    format: formatAsked(request),
    title: t('new.title'),
    name: t('new.template'),
    columns: fieldsOf(network).map((field) => ({
      header: t(`fields.${field}.name`, { network }),
      kind: 'text',
      width: 24,
    })),
    rows: [],
  });
}
