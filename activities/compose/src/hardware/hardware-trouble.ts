import { Failure } from '@aura/failure';
import { isTimeout } from '@aura/media';

/** What keeps hardware from encoding, as far as FFmpeg's words tell. */
export type TroubleKind =
  'no-driver' | 'no-device' | 'old-driver' | 'sessions' | 'memory' | 'hang' | 'other';

export interface HardwareTrouble {
  kind: TroubleKind;
  /** For operators. */
  words: string;
}

/**
 * Words of FFmpeg 4 to 8 and of the drivers below it, the more telling first. NVENC calls a session too many "out of memory (10)",
 * older drivers "incompatible client key (21)".
 */
const TROUBLES: readonly [RegExp, TroubleKind, string][] = [
  [
    /OpenEncodeSessionEx failed: (out of memory \(10\)|incompatible client key)/i,
    'sessions',
    'the driver opens no further encoding session',
  ],
  [
    /Cannot load (libcuda|libnvidia-encode|nvcuda|nvEncodeAPI|amfrt)|libamfrt/i,
    'no-driver',
    'its driver is not installed',
  ],
  [
    /does not support the required nvenc API version|minimum required Nvidia driver/i,
    'old-driver',
    'its driver is too old for this FFmpeg',
  ],
  [
    /CUDA_ERROR_OUT_OF_MEMORY|CreateInputBuffer failed: out of memory|VA_STATUS_ERROR_ALLOCATION_FAILED/i,
    'memory',
    'the device has no memory left',
  ],
  [
    /No capable devices found|no NVENC capable|CUDA_ERROR_NO_DEVICE|no CUDA-capable device|unsupported device \(2\)/i,
    'no-device',
    'no device here can encode this',
  ],
  [
    /No VA display found|Failed to initiali[sz]e VAAPI|Cannot open .*\/dev\/dri|Device creation failed|Error creating a MFX session|Error initializing an? (internal )?MFX session/i,
    'no-device',
    'there is no such device, or it cannot be opened',
  ],
  [
    /Cannot create compression session|VTCompressionSession/i,
    'no-device',
    'the system opens no hardware session',
  ],
];

/** Reads out of a failed attempt why the hardware did not do it. */
export function troubleOf(error: unknown): HardwareTrouble {
  if (isTimeout(error) || isStall(error)) return { kind: 'hang', words: 'it did not answer' };
  const text = error instanceof Failure ? (error.details ?? error.message) : String(error);
  for (const [pattern, kind, words] of TROUBLES) if (pattern.test(text)) return { kind, words };
  return { kind: 'other', words: lastLine(text) };
}

/** Whether a processor may do what hardware has failed in: not where the disk is full, or there is nothing to encode. */
export function isWorthAnother(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  return /^(FFmpegFailedExitCode|StepTimeout|FilmInvalid|InsufficientMemory)(:|$)/.test(error.code);
}

function isStall(error: unknown): boolean {
  return error instanceof Failure && error.code.startsWith('StepTimeout:');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
