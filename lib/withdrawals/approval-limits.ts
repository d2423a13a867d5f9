/** Payments to one CLABE are counted up to here: "100 or more" tells an approver as much as the number. */
export const MOST_PAID = 100;
