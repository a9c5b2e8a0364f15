import type { Narration, Picture, Script } from '@aura/proto';

/** What there is of a script already. */
export interface Prepared {
  script: Script;
  /** By scene id. */
  narrations: Map<string, Narration>;
  pictures: Map<string, Picture>;
}
