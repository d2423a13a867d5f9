import { CopyButton } from '~/components/record/copy-button';
import { bankShown } from '~/lib/clabe-bank';
import { type Personal, textOf } from '~/lib/people/masking';

type CounterpartyProps = {
  name: string | null;
  number: Personal | null;
  bank: string | null;
};

/** The other side of a payment: who, at which bank, under which number. Who may not see people's data sees the number's end. */
export function Counterparty({ name, number, bank: said }: CounterpartyProps) {
  const bank = bankShown(number, said);
  if (!name && !number) return <span className="text-muted-foreground">—</span>;
  return (
    <span className="grid min-w-0 leading-tight">
      {name ? (
        <span className="truncate" title={name}>
          {name}
        </span>
      ) : null}
      {number ? (
        <span className="flex min-w-0 items-center gap-x-1 text-muted-foreground text-xs">
          {bank ? (
            <span className="truncate" title={bank}>
              {bank}
            </span>
          ) : null}
          <ShortClabe value={number} />
        </span>
      ) : null}
    </span>
  );
}

/** The end of a number, which is what people compare, with the whole one to copy. */
function ShortClabe({ value }: { value: Personal }) {
  const digits = textOf(value).replace(/[^\p{L}\p{N}]/gu, '');
  return (
    <span className="inline-flex items-center whitespace-nowrap">
      <span className="font-mono">••{digits.slice(-4)}</span>
      {typeof value === 'string' ? (
        <CopyButton value={value} label={value.length === 18 ? 'CLABE' : value} className="-my-1" />
      ) : null}
    </span>
  );
}
