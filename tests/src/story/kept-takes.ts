import { expect, test } from 'vitest';
import { BLOB, scriptOf, type Stages } from './scenario.js';
import type { Stories } from './stories.js';

/** Which take of a picture an edited film shows. */
export function testKeptTakes(stories: () => Stories): void {
  test('an edit shows the take of each picture that was kept, in whatever order they come', async () => {
    const asked: string[] = [];
    const illustrateScene: Stages['illustrateScene'] = async ({ provider, scene, take = 0 }) => {
      asked.push(`${scene.id} ${take}`);
      // All first takes look alike, and so do all third ones.
      const dhash = String(take === 1 ? scene.index + 1 : 0).repeat(16);
      const unitKey = `picture-${scene.id}-${take}`;
      return { image: BLOB, widthPx: 640, heightPx: 360, provider, unitKey, warnings: [], dhash };
    };
    const overrides = { illustrateScene };
    const first = await stories().produce({ overrides });
    const { makers = [] } = first.finished?.making ?? {};
    const takes = makers.flatMap(({ stage, sceneId, take }) =>
      stage === 'visuals' ? [`${sceneId} ${take}`] : [],
    );
    expect(takes.map((line) => line.slice(-1)).toSorted()).toEqual(['0', '1', '1']);
    const script = scriptOf(3, 'rules');
    const { title, style, language } = script;
    const edited = {
      script,
      look: { title, style, language, sceneCount: 3 },
      seats: { s01: 0, s02: 1, s03: 2 },
      // As if all of them had been kept as they were in the end.
      makers: makers.map((one) => (one.stage === 'visuals' ? { ...one, take: 2 } : one)),
      replacements: [],
    };
    asked.length = 0;
    const again = await stories().produce({ overrides, order: { edited } });
    expect(again.finished?.state).toBe('succeeded');
    expect(asked.toSorted()).toEqual(['s01 2', 's02 2', 's03 2']);
  });
}
