import type { Maker } from '../gen/aura/v1/record.js';
import type { Replacement, Script } from '../gen/aura/v1/video.js';
import type { Look } from '../gen/aura/v1/visuals.js';

/** A film that there was, as its user has changed it: nobody writes its script. Travels with the order of a run. */
export interface EditedFilm {
  script: Script;
  /** What its pictures were first made to look like: another title, or more scenes, change none of them. */
  look: Look;
  /** Where each scene first stood, by its id, from 0: what is painted or found for it follows from that. */
  seats: Record<string, number>;
  /** Who has made what of it is kept. They are asked first, and have it still. */
  makers: Maker[];
  /** Whom they have replaced, unit by unit. */
  replacements: Replacement[];
}
