import type { Chains, Maker, Making } from '@aura/proto';
import { z } from 'zod';

const names = z.array(z.string());
const maker = z.string().nullable();

/** Who makes a film, in a status and in metadata. */
export const makingShape = {
  chains: z
    .object({ script: names, voice: names, visuals: names })
    .meta({ id: 'Chains' })
    .nullable()
    .describe(
      'Who may be asked for this job, in order, as it was fixed at its beginning; null until then. A scene may begin elsewhere in the chain: what must be read is drawn first.',
    ),
  makers: z
    .array(
      z
        .object({ sceneId: z.string(), script: maker, voice: maker, visuals: maker })
        .meta({ id: 'SceneMakers' }),
    )
    .describe(
      'Who has made each scene, replaced or not; null for what is not made yet, and for what nobody has to make. Told with the progress of the job.',
    ),
};

const answer = z.object(makingShape);

/** What of `row.making` the public sees. Pure. */
export function publicMaking(making: Making | null): z.output<typeof answer> {
  const { chains = null, makers = [] } = making ?? {};
  const nameOf = (stage: keyof Chains, sceneId: string) => {
    const found = makers.find((one: Maker) => one.stage === stage && one.sceneId === sceneId);
    return found?.provider || null;
  };
  const sceneIds = [...new Set(makers.map(({ sceneId }) => sceneId))].filter(Boolean);
  return {
    chains,
    makers: sceneIds.toSorted(byNumber).map((sceneId) => ({
      sceneId,
      script: nameOf('script', ''),
      voice: nameOf('voice', sceneId),
      visuals: nameOf('visuals', sceneId),
    })),
  };
}

/** s99 comes before s100. */
function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
