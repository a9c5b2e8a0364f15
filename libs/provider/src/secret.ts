import { inspect } from 'node:util';

/**
 * A credential that does not show itself: JSON, string conversion and inspection all say `[secret]`, so
 * that it cannot slip into a log, an error or a payload. Only this library reveals it, in the moment of
 * sending it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
