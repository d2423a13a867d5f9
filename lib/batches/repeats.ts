/** What was asked for within so many days, by the same wallet to the same beneficiary, counts as asked for already. */
export const REPEAT_DAYS = 3;
