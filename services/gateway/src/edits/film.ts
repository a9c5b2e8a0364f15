import type { MadeFilm } from '@aura/database';
import type { Chains, EditedFilm } from '@aura/proto';
import type { Order } from '../videos/order.js';

/** All that decides which units of work a film is made of. */
export interface EditableFilm {
  order: Order & { edited: EditedFilm };
  /** Whom its units may be asked of. */
  chains: Chains;
}

/** What a provider of pictures is, by its name. */
export type KindOf = (provider: string) => string;

const NOBODY: Chains = { script: [], voice: [], visuals: [] };

/** A film that was made, as one that can be edited: with who has made what of it. Pure. */
export function editableFilm({ order, script, making, replacements }: MadeFilm): EditableFilm {
  const { scenes, title, style, language } = script;
  const { look, seats } = order.edited ?? {
    look: { title, style, language, sceneCount: scenes.length },
    seats: Object.fromEntries(scenes.map(({ id, index }) => [id, index])),
  };
  const makers = (making?.makers ?? []).filter(({ sceneId }) => sceneId !== '');
  // Its own edit shows itself: a preview of scenes that are there already tells nobody anything.
  const { rollingPreview: _, ...kept } = order;
  const edited = { script, look, seats, makers, replacements };
  return { order: { ...kept, edited }, chains: making?.chains ?? NOBODY };
}
