type WhoseProps = {
  customer: { name: string; taxIdEnd: string } | null;
  /** Where it is nobody's but the platform's. */
  otherwise?: string;
};

/** Whose a wallet is, where one is chosen: two customers of one name differ in what everybody sees of their tax id. */
export function Whose({ customer, otherwise = '' }: WhoseProps) {
  return (
    <span className="grid min-w-0 grid-cols-[minmax(0,1fr)] leading-tight">
      <span className="block overflow-x-clip text-ellipsis whitespace-nowrap">
        {customer?.name ?? otherwise}
      </span>
      {customer ? (
        <span className="font-mono font-normal text-muted-foreground text-xs">{customer.taxIdEnd}</span>
      ) : null}
    </span>
  );
}
