import type { FailureCode } from '@aura/failure';
import type { Account, ErrorReply } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';
import { ownServer } from './own-server.js';

/** A ComfyUI of one's own. Errors: MissingApiKey:COMFYUI_URL, INVALID_CONFIG. */
export function comfyUiAccount({ baseUrl }: AccountSettings): Account {
  return ownServer(baseUrl, 'COMFYUI_URL', {
    vendor: 'comfyui',
    faultOf,
    missingModel: (model) =>
      `ComfyUI has no checkpoint ${model}: put it into models/checkpoints there, or name another in COMFYUI_CHECKPOINT.`,
    probe: { path: '/object_info/CheckpointLoaderSimple', modelsIn: checkpointsIn },
  });
}

/** `{ CheckpointLoaderSimple: { input: { required: { ckpt_name: [[names], …] } } } }`. */
function checkpointsIn(body: unknown): string[] {
  const { input } = members(members(body)['CheckpointLoaderSimple']);
  const { ckpt_name: choice } = members(members(input)['required']);
  return namesIn(Array.isArray(choice) ? choice[0] : undefined, 'name');
}

/** A graph that is refused: `{ error: { type, message, details }, node_errors }`, where details list what is wrong. */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  if (status !== 400) return undefined;
  const { details } = members(members(body)['error']);
  if (/value not in list: ckpt_name/i.test(String(details))) return 'RESOURCE_NOT_FOUND';
  return undefined;
}
