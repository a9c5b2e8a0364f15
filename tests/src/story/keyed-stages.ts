import { createHash } from 'node:crypto';
import { filmInputs, segmentInputs } from '@aura/compose';
import type { BlobRef, Caption, ProviderReport } from '@aura/proto';
import { canonicalJson } from '@aura/storage';
import { fragmentOfShot } from '@aura/timeline';
import { visualsProvidersOf } from '@aura/visuals';
import { narrationOf, type Stages } from './scenario.js';

export type Keyed = Pick<
  Stages,
  'narrateScene' | 'illustrateScene' | 'encodeSegment' | 'assembleFilm'
>;

/** Who pictures what in these films. */
export const PICTURED_BY: ProviderReport[] = [
  reportOn('openai', 'picture-generator'),
  reportOn('pexels', 'stock'),
  reportOn('figures', 'drawing'),
  reportOn('cards', 'drawing'),
];

/**
 * Stages that make nothing, but know by the very inputs of their units whether they would: what has been asked for
 * before is there already. `voiceOf` says which provider fails at a scene.
 */
export function keyedStages(): Keyed {
  const done = new Set<string>();
  const made = (unit: string, inputs: unknown) => {
    const unitKey = createHash('sha256')
      .update(canonicalJson([unit, inputs]))
      .digest('hex');
    const reused = done.has(unitKey);
    done.add(unitKey);
    return { unitKey, ...(reused ? { reused } : {}) };
  };
  const settings = { openAi: { key: 'none' }, pexels: { key: 'none' } };
  const pictures = visualsProvidersOf(settings, {} as never);
  return {
    narrateScene: async ({ text, voice, provider, sceneId }) => {
      const unit = made('narrateScene', [provider, voice, text]);
      const blob = blobOf(unit.unitKey);
      const narration = narrationOf({ provider, sceneId }, lengthOf([provider, voice, text]));
      return { ...narration, audio: blob, timings: blob, ...unit };
    },
    illustrateScene: async (request) => {
      const { provider } = request;
      const unit = made('illustrateScene', [provider, await pictures(provider).inputsOf(request)]);
      const image = blobOf(unit.unitKey);
      const { figure: data, id: seed, index } = request.scene;
      const { sceneCount: count, ...film } = request.look;
      const figure = data && { ...data, look: { ...film, seed, number: index + 1, count } };
      const isDrawn = provider === 'figures' && figure !== undefined;
      return {
        image,
        widthPx: 640,
        heightPx: 360,
        provider,
        warnings: [],
        ...(isDrawn ? { figure } : {}),
        ...unit,
      };
    },
    encodeSegment: async ({ shot, render, language, style, place, previous }) => {
      const { sceneId, index, frames, narration } = shot;
      const mode = style?.captions?.mode || 'burned';
      const isBurned = mode === 'burned' || mode === 'both';
      const captions = isBurned ? [captionOf(narration.timings, frames)] : [];
      const fragment = fragmentOfShot({ render, style, shot, previous, place, captions });
      const inputs = segmentInputs(
        { render, language },
        { fragment, encoderPreset: 'fast', fonts: undefined },
      );
      const unit = made('encodeSegment', inputs);
      return { sceneId, index, frames, video: blobOf(unit.unitKey), ...unit };
    },
    assembleFilm: async (request) => {
      const unit = made('assembleFilm', filmInputs(request));
      const blob = blobOf(unit.unitKey);
      return {
        video: blob,
        captions: blob,
        thumbnail: blob,
        durationMs: 0,
        frames: 0,
        widthPx: request.render.widthPx,
        heightPx: request.render.heightPx,
        fps: request.render.fps,
        videoCodec: 'h264',
        audioCodec: 'aac',
        loudnessLufs: -14,
        truePeakDbtp: -2,
        warnings: [],
        ...unit,
      };
    },
  };
}

/** One caption with all that is said. */
function captionOf({ sha256 }: BlobRef, frames: number): Caption {
  return { start: 0, frames, words: [], lines: [sha256] };
}

/** Everybody speaks at a pace of his own. */
function lengthOf(spoken: unknown): number {
  return (
    1_500 + (createHash('sha256').update(canonicalJson(spoken)).digest().readUInt16BE(0) % 4_000)
  );
}

function blobOf(sha256: string): BlobRef {
  return { sha256, bytes: 1, mediaType: 'application/octet-stream' };
}

function reportOn(name: string, kind: string): ProviderReport {
  const facts = { kind, remote: false, configured: true, account: '', gives: '', models: [] };
  return { name, stage: 'visuals', usable: true, reason: '', languages: [], facts };
}
