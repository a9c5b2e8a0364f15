/** What `npm start` was asked for. */
export interface Command {
  /** End after the film. */
  once: boolean;
  help: boolean;
  /** Without it the built-in one is used. */
  brief?: string;
  /** The members of the request beside the brief. */
  request: FilmRequest;
}

/** The body of `POST /api/videos/generate`, without the brief. */
export interface FilmRequest {
  durationMinutes?: number;
  voiceId?: string;
  style?: string;
  options?: Record<string, string>;
}

export class UsageError extends Error {}
export const USAGE: string;
export function parseCommand(args: string[]): Command;
