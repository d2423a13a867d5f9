/** What statements are made of, for screens, the API and the worker alike. */
export const STATEMENT_LOCALES = ['es-MX', 'en'] as const;
export type StatementLocale = (typeof STATEMENT_LOCALES)[number];

/**
 * Why one could not be made: nothing moved in the time, too many wallets at once, whoever asked may not any more, a line
 * that doesn't follow from the one before, or something that broke.
 */
export const STATEMENT_FAILURES = ['nothing', 'too_many', 'asker_gone', 'not_chained', 'broken'] as const;
export type StatementFailure = (typeof STATEMENT_FAILURES)[number];

/**
 * Why an order of a month's statements ended: somebody stopped it, every wallet of it is closed and nothing was booked in
 * the month, or whoever made it may not send statements any more.
 */
export const ORDER_ENDS = ['stopped', 'closed', 'maker_gone'] as const;
export type OrderEnd = (typeof ORDER_ENDS)[number];
/** So many orders run at once, of one wallet, portfolio or customer. */
export const MOST_ORDERS = 10;

/** So many files one ZIP has at most. */
export const MOST_FILES = 5_000;
/** So many lines a PDF has; of more there is a next part, which goes on from its balance. */
export const PDF_LINES = 2_500;
/** So long a file stands before it is deleted. */
export const FILE_DAYS = 7;

/** What is larger goes as a link: many mailboxes take no more than ten, and a file grows by a third in a mail. */
export const MOST_ATTACHED_BYTES = 6_000_000;
/** To so many addresses one statement goes. */
export const MOST_ADDRESSES = 10;

/** What stands in place of an address, or begins what does, where who the statement is about was erased. */
export const ERASED_ADDRESS = 'erased';

export function isErasedAddress(address: string): boolean {
  return address === ERASED_ADDRESS || address.startsWith(`${ERASED_ADDRESS}:`);
}

/** What a file is, by the end of its name. */
export const FILE_TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const;
export type FileType = keyof typeof FILE_TYPES;

/** Throws for a name that none of ours has, which is a defect. */
export function fileTypeOf(name: string): FileType {
  const end = name.split('.').at(-1) ?? '';
  if (!Object.hasOwn(FILE_TYPES, end)) throw new Error(`Not a statement's file: ${name}`);
  return end as FileType;
}
