import type { Fault } from '../../faults/fault.js';
import { makeClip, type ClipOrder } from '../../content/clip.js';
import { drawPicture, type PictureOrder } from '../../content/picture.js';
import { nodesBehind, type Workflow } from './validate.js';

/** A file that a workflow has made; it is drawn when it is looked at. */
export type MadeFile =
  { kind: 'picture'; order: PictureOrder } | { kind: 'clip'; order: ClipOrder };

export interface NodeOutput {
  images: { filename: string; subfolder: string; type: string }[];
  animated?: boolean[];
}

/** What one output node makes: the files by their path, and what the history says of them. */
export function renderOutput(
  workflow: Workflow,
  output: string,
  { counter, fault }: { counter: number; fault: Fault | undefined },
): { said: NodeOutput; files: Map<string, MadeFile> } {
  const ids = nodesBehind(workflow, output);
  const inputs = ids.map((id) => workflow[id]?.inputs ?? {});
  const sampler = inputs.find((one) => one['seed'] !== undefined) ?? {};
  const sized = inputs.find((one) => typeof one['width'] === 'number') ?? {};
  const [widthPx, heightPx] = [Number(sized['width'] ?? 512), Number(sized['height'] ?? 512)];
  const prompt = [
    textBehind(workflow, sampler['positive']),
    textBehind(workflow, sampler['negative']),
  ].join('\n');
  const seed = Number(sampler['seed'] ?? 0);
  const { class_type: type, inputs: own = {} } = workflow[output] ?? {};
  const [folder, prefix] = splitPrefix(
    typeof own['filename_prefix'] === 'string' ? own['filename_prefix'] : 'ComfyUI',
  );
  const place = type === 'PreviewImage' ? 'temp' : 'output';
  const files = new Map<string, MadeFile>();
  const name = (at: number, extension: string) =>
    `${prefix}_${String(counter + at).padStart(5, '0')}_.${extension}`;
  if (type === 'SaveVideo') {
    const frames = Number(
      inputs.map((one) => one['length'] ?? one['video_frames']).find((one) => one !== undefined) ??
        49,
    );
    const fps = Math.max(
      1,
      Math.round(Number(inputs.find((one) => one['fps'] !== undefined)?.['fps'] ?? 16)),
    );
    const filename = name(0, 'mp4');
    files.set(`${place}/${folder}/${filename}`, {
      kind: 'clip',
      order: {
        name: `${prompt}\n${seed}`,
        widthPx,
        heightPx,
        fps,
        seconds: Math.min(20, frames / fps),
      },
    });
    return {
      said: { images: [{ filename, subfolder: folder, type: place }], animated: [true] },
      files,
    };
  }
  const batch = Number(inputs.find((one) => one['batch_size'] !== undefined)?.['batch_size'] ?? 1);
  const images = Array.from({ length: batch }, (_, at) => {
    const filename = name(at, 'png');
    const order: PictureOrder = {
      prompt,
      seed: seed + at * 7_919,
      widthPx,
      heightPx,
      format: 'png',
      fault,
    };
    files.set(`${place}/${folder}/${filename}`, { kind: 'picture', order });
    return { filename, subfolder: folder, type: place };
  });
  return { said: { images }, files };
}

/** All texts that a conditioning is made of. */
function textBehind(workflow: Workflow, link: unknown): string {
  if (!Array.isArray(link)) return '';
  return nodesBehind(workflow, String(link[0]))
    .map((id) => workflow[id]?.inputs?.['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

/** "video/ComfyUI" is a folder and a name. */
function splitPrefix(prefix: string): [folder: string, name: string] {
  const at = prefix.lastIndexOf('/');
  return at < 0 ? ['', prefix] : [prefix.slice(0, at), prefix.slice(at + 1)];
}

export function drawFile(file: MadeFile): Promise<Buffer> {
  return file.kind === 'clip' ? makeClip(file.order) : drawPicture(file.order);
}
