import {
  chaptersOf,
  keepersFirst,
  pictured,
  placesOf,
  shotOf,
  styleAtRate,
  styleOfSegment,
} from '@aura/workflows/parts';
import {
  labelsOf,
  needsPlace,
  pictureChain,
  pictureWish,
  type Chains,
  type JobRef,
  type Making,
  type MakeVideoInput,
  type Picture,
  type Replacement,
  type Scene,
  type Script,
  type Shot,
} from '@aura/proto';
import type { Keyed } from './keyed-stages.js';

interface Remade {
  /** Unit, scene and label of what was not there already. */
  made: string[];
  making: Making;
  replacements: Replacement[];
}

interface Makers {
  stages: Keyed;
  chains: Chains;
  kindOf: (provider: string) => string;
  /** Whether a voice fails at a scene. */
  fails: (provider: string, sceneId: string) => boolean;
}

/** Asks the stages for a film as its workflow does, one unit after the other. */
export async function remake(
  order: Omit<MakeVideoInput, 'job'>,
  script: Script,
  makers: Makers,
): Promise<Remade> {
  const { stages, chains, kindOf, fails } = makers;
  const job = {} as JobRef;
  const done: Remade = { made: [], making: { chains, makers: [] }, replacements: [] };
  const { edited } = order;
  const note = <T extends { reused?: boolean }>(name: string, { reused, ...unit }: T) => {
    if (!reused && !done.made.includes(name)) done.made.push(name);
    return unit;
  };
  const speak = async ({ id: sceneId, narration: text, voice = order.voice }: Scene) => {
    const { chain, kept } = keepersFirst(chains.voice, edited, { stage: 'voice', sceneId });
    const provider = chain.find((name) => !fails(name, sceneId)) ?? '';
    done.making.makers.push({ stage: 'voice', sceneId, provider });
    const [asked = ''] = chain;
    const line = { stage: 'voice', sceneId, unit: '', asked, used: provider, code: '', reason: '' };
    if (kept?.used === provider) done.replacements.push(kept);
    else if (provider !== asked) done.replacements.push(line);
    const spoken = await stages.narrateScene({ job, provider, voice, sceneId, text });
    return note(`narrateScene ${sceneId}`, spoken);
  };
  const picture = async (scene: Scene, render: MakeVideoInput['render'], label: string) => {
    const place = { stage: 'visuals', sceneId: scene.id } as const;
    const wanted = pictureChain(chains.visuals, pictureWish(scene, order), kindOf);
    const provider = keepersFirst(wanted, edited, place).chain[0] ?? '';
    done.making.makers.push({ ...place, provider });
    const isDrawn = kindOf(provider) === 'drawing';
    const shown = pictured(order, { scene, script }, isDrawn);
    const made = await stages.illustrateScene({ job, provider, render, ...shown });
    return note(`illustrateScene ${scene.id} ${label}`.trim(), made);
  };
  const shots: Shot[] = [];
  const film = (render: MakeVideoInput['render']) => ({ render, sceneCount: script.scenes.length });
  for (const scene of script.scenes) {
    const made = {
      narration: await speak(scene),
      picture: (await picture(scene, order.render, '')) as Picture,
    };
    shots.push(shotOf(scene, made, film(order.render)));
  }
  const labels = labelsOf(order.outputs ?? []);
  for (const [at, render] of [order.render, ...(order.outputs ?? [])].entries()) {
    const label = labels[at - 1] ?? '';
    const style = order.style && styleAtRate(order.style, order.render, render);
    const shown: Shot[] = [];
    for (const shot of shots) {
      const scene = script.scenes[shot.index]!;
      const isDrawn = label !== '' && kindOf(shot.picture.provider) === 'drawing';
      const seen = isDrawn ? ((await picture(scene, render, label)) as Picture) : shot.picture;
      shown.push(shotOf(scene, { narration: shot.narration, picture: seen }, film(render)));
    }
    const { language, title } = script;
    const places = label !== '' || needsPlace(style) ? placesOf(shown) : [];
    const segments = [];
    for (const [index, shot] of shown.entries()) {
      const place = places[index];
      const before = shown[index - 1];
      const segment = await stages.encodeSegment({
        job,
        render,
        language,
        shot,
        ...(before ? { previous: before } : {}),
        ...(style ? { style: styleOfSegment(style, { place, frames: shot.frames }) } : {}),
        ...(place ? { place } : {}),
      });
      segments.push(note(`encodeSegment ${shot.sceneId} ${label}`.trim(), segment));
    }
    const chapters = chaptersOf(script.scenes, shown, render);
    const joined = await stages.assembleFilm({
      job,
      render,
      title,
      language,
      shots: shown,
      segments,
      ...(style ? { style } : {}),
      ...(chapters.length > 0 ? { chapters: { chapters } } : {}),
      ...(label ? { label } : {}),
    });
    note(['assembleFilm', label].filter(Boolean).join('  '), joined);
  }
  return done;
}
