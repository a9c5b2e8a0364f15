import { lockAssets, type Transaction } from '@aura/database';
import type { MakeVideoInput } from '@aura/proto';
import { invalidInput } from '../problem/invalid-input.js';
import type { GenerateRequest } from './generate-request.js';

/** An uploaded file that a scene of the job's own script shows. */
export interface UsedFile {
  assetId: string;
  scene: number;
}

export function filesIn({ script }: GenerateRequest): UsedFile[] {
  return (script?.scenes ?? []).flatMap(({ assetId }, scene) =>
    assetId ? [{ assetId: assetId.toLowerCase(), scene }] : [],
  );
}

/**
 * Puts uploaded files into an order: its makers get to know the bytes, not the id. The files are locked until the
 * transaction ends. Errors: InvalidInput, where one is not there or is no picture.
 */
export async function withFiles(
  tx: Transaction,
  input: MakeVideoInput,
  files: readonly UsedFile[],
): Promise<{ order: MakeVideoInput; assetIds: string[] }> {
  if (files.length === 0 || !input.script) return { order: input, assetIds: [] };
  const assetIds = [...new Set(files.map(({ assetId }) => assetId))];
  const found = await lockAssets(tx, input.job.tenantId, assetIds);
  const issues = files.flatMap(({ assetId, scene }) => {
    const path = ['script', 'scenes', scene, 'assetId'];
    const kind = found.get(assetId)?.kind;
    if (kind === undefined) return [{ path, message: 'must be the id of an uploaded file' }];
    return kind === 'picture' ? [] : [{ path, message: `must be a picture, not a ${kind}` }];
  });
  if (issues.length > 0) throw invalidInput(issues);
  const scenes = input.script.scenes.map((scene, at) => {
    const asset = found.get(files.find((file) => file.scene === at)?.assetId ?? '');
    if (!asset) return scene;
    const { sha256, bytes, mediaType } = asset;
    return { ...scene, media: { sha256, bytes: Number(bytes), mediaType } };
  });
  return { order: { ...input, script: { ...input.script, scenes } }, assetIds };
}
