import { readFile } from 'node:fs/promises';
import type { BlobRef, Scene, SceneTranslations } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { textsOf, tracksOf } from '../edits/scene-texts.js';

/**
 * What scenes say in other languages, once their user has changed them: the texts go with their scenes, and those of scenes
 * that say something else now are gone. Idempotent. Errors: those of the store.
 */
export async function movedTexts(
  store: Pick<ArtifactStore, 'localPath' | 'putBytes'>,
  blob: BlobRef,
  { from, to }: { from: readonly Scene[]; to: readonly Scene[] },
): Promise<BlobRef> {
  const text = await readFile(await store.localPath(blob), 'utf8');
  const before = new Map(from.map(({ id, narration }) => [id, narration]));
  const texts = new Map(textsOf(from, JSON.parse(text) as SceneTranslations));
  for (const { id, narration } of to) if (before.get(id) !== narration) texts.delete(id);
  const moved = tracksOf(to, texts) ?? { tracks: [] };
  return store.putBytes(JSON.stringify(moved), 'application/json');
}
