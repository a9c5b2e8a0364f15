/** What the log keeps of one message of progress, and of one message of a failure. */
export const MESSAGE_CHARACTERS = 300;
export const FAILURE_CHARACTERS = 2_000;
/** Stack and stderr tails; Temporal cuts the details of a failure at 4 KB anyway. */
export const DETAILS_CHARACTERS = 16_000;

/** The beginning of a text, ending in … where it was longer. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
