import type { Column } from '~/components/list/data-table';
import { AllBox, RowBox } from '~/components/list/select/boxes';

/** The boxes of a list from which several are chosen. */
export function selectColumn<Row>(of: (row: Row) => { id: string; name: string }): Column<Row> {
  return {
    ...{ key: 'select', header: <AllBox />, bare: true, phone: 'end' },
    cell: (row) => <RowBox {...of(row)} />,
    className: 'sm:w-8 sm:pr-0',
  };
}
