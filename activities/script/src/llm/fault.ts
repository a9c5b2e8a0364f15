/** What is wrong with an answer of a model. */
export interface Fault {
  /** For people, in reasons and errors: what is wrong, and no orders. */
  what: string;
  /** For the model alone: how it is mended. Empty where `what` says enough. */
  order: string;
}

export function faulty(what: string, order = ''): Fault {
  return { what, order };
}

/** A line for the model that is asked once more. Pure. */
export function asOrdered({ what, order }: Fault): string {
  return order === '' ? what : `${what}: ${order}`;
}
