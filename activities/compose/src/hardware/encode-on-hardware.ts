import { Failure } from '@aura/failure';
import type { EncodeSegmentRequest, Segment } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import { encodeSegment } from '../segment/encode-segment.js';
import type { SegmentRenderer } from '../segment/segment-renderer.js';
import { hardwareEncoder, type HardwareDevice } from './hardware-encoder.js';
import type { Hardware } from './hardware.js';
import { isWorthAnother, troubleOf, type HardwareTrouble } from './hardware-trouble.js';

/**
 * A segment, on graphics hardware where there is some that can do it. Where that fails a processor does the same, under
 * the key that it always has, and the segment says so. An order that wants NVIDIA's alone fails instead.
 * Errors: those of `encodeSegment`, RequiresNvidiaGPU.
 */
export async function encodeOnHardware(
  tools: ComposeTools,
  hardware: Hardware,
  request: EncodeSegmentRequest,
): Promise<Segment> {
  const { hardware: wish, ...render } = request.render;
  const plain = { ...request, render };
  if (wish === 'none') return encodeSegment(tools, plain);
  const device = await hardware.device();
  const encoder = device && hardwareEncoder(device.family, request.render);
  const isStrict = wish === 'nvidia';
  if (isStrict && device?.family !== 'nvenc') throw requiresNvidia('This worker has none.');
  if (isStrict && !encoder) throw requiresNvidia('It does not encode what the job asks for.');
  if (!device || !encoder) return encodeSegment(tools, plain);
  try {
    const renderer = onDevice(tools.renderer, device);
    const segment = await encodeSegment({ ...tools, renderer }, plain);
    hardware.succeeded();
    return { ...segment, hardware: { encoder, warnings: [] } };
  } catch (error) {
    if (!isWorthAnother(error)) throw error;
    const trouble = troubleOf(error);
    hardware.failedWith(trouble);
    if (isStrict) throw requiresNvidia(`${encoder}: ${trouble.words}`, error);
    const segment = await encodeSegment(tools, plain);
    const warnings = [warning(encoder, trouble, request.shot.sceneId)];
    return { ...segment, hardware: { encoder: '', warnings } };
  }
}

/** The same pictures by the same renderer, encoded by a device: another key, for other bytes come out. */
function onDevice(renderer: SegmentRenderer, hardware: HardwareDevice): SegmentRenderer {
  return {
    name: `${renderer.name}+${hardware.family}`,
    render: (plan, place) => renderer.render({ ...plan, hardware }, place),
  };
}

function warning(encoder: string, { kind, words }: HardwareTrouble, sceneId: string) {
  return {
    code: 'HardwareEncodingFailed',
    // A driver's own words are for its operator, who finds them in the worker's report.
    message: `${encoder} failed (${kind === 'other' ? 'an error of its own' : words}); a processor has encoded the scene.`,
    stage: 'compose',
    sceneId,
  };
}

function requiresNvidia(details: string, cause?: unknown): Failure {
  const message = 'The job asks for an NVIDIA GPU and none could be used.';
  return new Failure('RequiresNvidiaGPU', message, { details, cause });
}
