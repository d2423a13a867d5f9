/** The boxes of the table belong to the form of this id. */
export const SELECTION = 'selected-events';
