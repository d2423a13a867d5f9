import { Clabe } from '~/components/money/clabe';
import { CopyButton } from '~/components/record/copy-button';
import { bankShown, maskClabe } from '~/lib/clabe';
import { can, type RoleName } from '~/lib/roles';

type CounterpartyProps = {
  name: string | null;
  number: string | null;
  bank: string | null;
  role: RoleName;
};

/** The other side of a payment: who, at which bank, under which number. Who may not see people's data sees the number's end. */
export function Counterparty({ name, number, bank: said, role }: CounterpartyProps) {
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
          <ShortClabe value={number} role={role} />
        </span>
      ) : null}
    </span>
  );
}

/** The end of a number, which is what people compare, with the whole one to copy. */
function ShortClabe({ value, role }: { value: string; role: RoleName }) {
  return (
    <span className="inline-flex items-center whitespace-nowrap">
      <span className="font-mono">••{value.slice(-4)}</span>
      {can(role, 'people:read') ? (
        <CopyButton value={value} label={value.length === 18 ? 'CLABE' : value} className="-my-1" />
      ) : null}
    </span>
  );
}

type ProtectedClabeProps = { value: string; seen: boolean; copy?: boolean };

/** A number in full where it may be seen, else masked and without a copy button. */
export function ProtectedClabe({ value, seen, copy = true }: ProtectedClabeProps) {
  return seen ? <Clabe value={value} copy={copy} /> : <span className="font-mono">{maskClabe(value)}</span>;
}
