import type { Scene, Script } from '@aura/proto';

/** A script of three scenes, s01 to s03, that are all like the given one. */
export function sampleScript(scene: Partial<Scene>): Script {
  const scenes = ['s01', 's02', 's03'].map((id, index) => ({
    kind: 'statement',
    narration: `Words of ${id}.`,
    heading: 'Heading',
    points: [],
    visualPrompt: '',
    keywords: [],
    ...scene,
    id,
    index,
  }));
  return {
    title: 'Sea',
    language: 'en-US',
    style: 'documentary',
    scenes,
    provider: 'rules',
    unitKey: 'k',
    warnings: [],
    materialExhausted: false,
  };
}
