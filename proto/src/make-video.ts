import type {
  Brief,
  Budget,
  Document,
  JobRef,
  PlanSpec,
  ProviderChoice,
  RenderSpec,
  Scene,
  VoiceSpec,
} from '../gen/aura/v1/video.js';
import type { OwnScript, ScriptPrompts, ScriptTuning } from '../gen/aura/v1/script.js';
import type { BlobRef } from '../gen/aura/v1/media.js';
import type { FilmStyle, Visual } from '../gen/aura/v1/timeline.js';
import type { EditedFilm } from './edited-film.js';
import type { Approval, Approved } from './approvals.js';
import type { StageName } from './stages.js';
import type { JobState } from './states.js';

/** The workflow type, its ids and the names it answers to. */
export const MAKE_VIDEO = 'makeVideo';
export const STATUS_QUERY = 'status';
export const PAUSE_SIGNAL = 'pause';

/** What the pause signal carries. */
export interface PauseWish {
  /** Whether new units of work are held back. */
  paused: boolean;
  /** Of two wishes the one with the higher number is the later one, in whatever order they arrive. */
  order: number;
}

/** Each run of a job is a workflow of its own, so that to start one twice starts it once. */
export function workflowIdOf(videoId: string, run = 1): string {
  return run === 1 ? `video-${videoId}` : `video-${videoId}-run-${run}`;
}

/** Which video the workflow of one of its runs makes; undefined for workflows of another kind. */
export function videoOf(workflowId: string): string | undefined {
  return /^video-(.+?)(-run-\d+)?$/.exec(workflowId)?.[1];
}

/** The provider that shows a scene's own picture (`Scene.media`). */
export const OWN_MEDIA = 'own-media';

/** Who has made a narration that the user has recorded (`CutNarration.audio`). No entry of a registry. */
export const OWN_VOICE = 'own';

/** Draws the data that a scene tells of; it stands first in the chain of such a scene, and in no other. */
export const FIGURES = 'figures';

/** The workflow's input: the whole order, so that its history alone explains the film. */
export interface MakeVideoInput {
  job: JobRef;
  brief: Brief;
  plan: PlanSpec;
  voice: VoiceSpec;
  render: RenderSpec;
  /** Absent: automatic, as in jobs from before there was a choice. */
  choice?: ProviderChoice;
  /** Absent: no cap. */
  budget?: Budget;
  /** Absent: one is written. Such a film is as long as its script, whatever the plan says. */
  script?: OwnScript;
  /** Absent: the film is told from its brief. */
  documents?: Document[];
  /** Absent: the prompts are ours. */
  prompts?: ScriptPrompts;
  /** Absent: scripts stay as they were written. */
  tuning?: ScriptTuning;
  /** Absent: a slow motion, crossfades, captions in a box, no music. */
  style?: FilmStyle;
  /** A timeline of the user's, as JSON; absent: one is made from the scenes. */
  timeline?: BlobRef;
  /** What of that timeline has to be spoken and pictured. There where `timeline` is. */
  cut?: Cut;
  /** A small film of the scenes that are there, made anew as more are. Absent: none. */
  rollingPreview?: boolean;
  /** What the scenes of `script` say in other languages, as JSON of SceneTranslations. Absent: nothing. */
  translations?: BlobRef;
  /** Further films of the same scenes, in other shapes or encodings. Absent: none. */
  outputs?: RenderSpec[];
  /** What its user has made of an earlier film of the job. Absent: the film is made from its brief. */
  edited?: EditedFilm;
  /** Where its user is asked before it goes on. Absent: nowhere. */
  approvals?: Approval[];
  /** What its user has approved in earlier runs. Absent: nothing. */
  approved?: Approved;
}

/** The part of a user's timeline that decides what work there is. Times in frames of the film. */
export interface Cut {
  title: string;
  /** In order and back to back, each with the scene that it is pictured by: its `visual.sceneId`. */
  shots: { scene: Scene; visual: Visual }[];
  narration: CutNarration[];
}

/** Words, or the sound of them, and the frames within which they are heard. */
export interface CutNarration {
  id: string;
  start: number;
  frames: number;
  /** Empty where there is `audio`. */
  text: string;
  /** The user's own sound, as it was uploaded. Absent: the text is spoken. */
  audio?: BlobRef;
}

/** What the status query answers, and what the Web UI's current details are made from. */
export interface VideoStatus {
  state: JobState;
  stage: StageName;
  percent: number;
  message: string;
  scenesTotal: number;
  /** By scene id. */
  scenes: Record<string, SceneWork>;
}

/** What is happening to a scene. */
export type SceneWork = 'waiting' | 'narrating and drawing' | 'encoding' | 'done';

/** Search attributes of the namespace, all KEYWORD unless named otherwise. */
export const SEARCH_ATTRIBUTES = {
  stage: 'AuraStage',
  state: 'AuraState',
  tenant: 'AuraTenant',
  failure: 'AuraFailure',
  /** Stages in which a wanted provider was replaced, for example "visuals voice". */
  replaced: 'AuraReplaced',
} as const;

/** What an activity's heartbeat carries. The gateway reads percent and detail; the rest counts attempts. */
export interface HeartbeatDetails {
  /** 0 to 100 of this unit of work. */
  percent: number;
  detail: string;
  /** Failures of the unit's own so far, which use up its retries. */
  failures: number;
  /** Graceful shutdowns of its worker so far, which do not. */
  shutdowns: number;
  /** How its provider failed first. */
  first?: { code: string; message: string };
  /** Something was made that was not there already, by an earlier attempt too. */
  made?: boolean;
}
