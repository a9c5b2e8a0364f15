import type { Sprite, SpriteLayer } from '@aura/compositor';

/** Pictures to lay over others, and when and where they are seen; layers name sprites of their own by index. */
export interface DrawnLayers {
  sprites: Sprite[];
  layers: SpriteLayer[];
}

export const NOTHING_DRAWN: DrawnLayers = { sprites: [], layers: [] };

/** All of them as one, the first ones below the others. */
export function joinLayers(...all: readonly DrawnLayers[]): DrawnLayers {
  const joined: DrawnLayers = { sprites: [], layers: [] };
  for (const { sprites, layers } of all) {
    const before = joined.sprites.length;
    joined.sprites.push(...sprites);
    joined.layers.push(
      ...layers.map((layer) => ({ ...layer, sprites: layer.sprites.map((at) => at + before) })),
    );
  }
  return joined;
}
