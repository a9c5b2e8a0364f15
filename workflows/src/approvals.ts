import type { Decision, Script } from '@aura/proto';
import { approvalAt, decided } from './decisions.js';
import { lanes } from './lanes.js';
import type { Prepared } from './prepared.js';
import * as stage from './production.js';
import { counted } from './shoot.js';

/** The script as its user wants it; nothing happens where nobody wants to be asked. */
export async function approveScript(production: stage.Production, script: Script): Promise<Script> {
  const { order, chronicle } = production;
  const approval = approvalAt(order, 'script');
  if (!approval) return script;
  prepare(production, script);
  const scriptOf = ({ script: own }: Decision) =>
    own ? withoutWhatIsGone({ ...script, ...own }) : script;
  const decision = await decided(order, chronicle, {
    approval,
    message: 'Waits for the script to be approved',
    unit: 'writeScript',
    scriptOf,
  });
  if (!decision.script) return script;
  const edited = scriptOf(decision);
  const { translations } = decision;
  if (translations) production.order = { ...order, translations };
  prepare(production, edited);
  return edited;
}

/** The first scene is spoken before all others. */
export async function approveVoice(production: stage.Production, script: Script): Promise<void> {
  const { order, chronicle } = production;
  const approval = approvalAt(order, 'voice-sample');
  const [first] = script.scenes;
  if (!approval || !first) return;
  const { narrations } = prepare(production, script);
  const narration = await stage.narrate(production, first).then(counted(chronicle, 'narrated'));
  narrations.set(first.id, narration);
  chronicle.file({ kind: 'voice-sample', label: '', blob: narration.audio });
  await decided(order, chronicle, {
    approval,
    message: 'Waits for the voice to be approved',
    unit: 'narrateScene',
  });
}

/** All scenes are pictured before anything else is made of them. */
export async function approveStoryboard(
  production: stage.Production,
  script: Script,
): Promise<void> {
  const { order, chronicle, plan } = production;
  const approval = approvalAt(order, 'storyboard');
  if (!approval) return;
  const { pictures } = prepare(production, script);
  await lanes(script.scenes, plan.limits.lanes, async (scene) => {
    const made = stage.illustrate(production, scene, script);
    const picture = await made.then(counted(chronicle, 'drawn'));
    pictures.set(scene.id, picture);
    chronicle.file({ kind: 'storyboard', label: scene.id, blob: picture.image });
  });
  await decided(order, chronicle, {
    approval,
    message: 'Waits for the storyboard to be approved',
    unit: 'illustrateScene',
  });
}

/** Tells of a script before it is shot, once. */
function prepare(production: stage.Production, script: Script): Prepared {
  if (production.prepared?.script !== script) {
    production.prepared = { script, narrations: new Map(), pictures: new Map() };
    production.chronicle.begins(script);
  }
  return production.prepared;
}

/** What was told of scenes goes with them. */
function withoutWhatIsGone({ citations, analysis, ...script }: Script): Script {
  const ids = new Set(script.scenes.map(({ id }) => id));
  const isThere = ({ sceneId }: { sceneId: string }) => ids.has(sceneId);
  return {
    ...script,
    ...(citations ? { citations: { scenes: citations.scenes.filter(isThere) } } : {}),
    ...(analysis ? { analysis: { ...analysis, scenes: analysis.scenes.filter(isThere) } } : {}),
  };
}
