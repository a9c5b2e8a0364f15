import type { Fault, VendorName } from '@aura/vendors';

/** What can go wrong in one call, what Aura calls it, and whether it asks the same provider again. */
export interface Mishap {
  fault: Omit<Fault, 'route' | 'match' | 'calls'>;
  code: string;
  isTriedAgain: boolean;
  /** It counts against the provider's breaker. */
  isIllness: boolean;
  /** It takes as long as a call may take. */
  isSlow?: boolean;
}

/** A provider as it stands in the chain of a stage. */
export interface Link {
  provider: string;
  vendor: VendorName;
  /** Where its work is asked for. */
  route?: string;
  mishaps: readonly Mishap[];
}

const refused = (fault: Mishap['fault'], code: string): Mishap => ({
  fault,
  code,
  isTriedAgain: true,
  isIllness: false,
});
const ill = (fault: Mishap['fault'], code: string): Mishap => ({
  ...refused(fault, code),
  isIllness: true,
});
const final = (fault: Mishap['fault'], code: string): Mishap => ({
  ...refused(fault, code),
  isTriedAgain: false,
});

/** Waits in all the forms that `Retry-After` comes in; one above a minute is not waited for. */
const EVERYWHERE: readonly Mishap[] = [
  refused({ kind: 'rate-limit', retryAfter: '1' } as Fault, 'RATE_LIMIT_EXCEEDED'),
  refused({ kind: 'rate-limit', retryAfter: 'soon' } as Fault, 'RATE_LIMIT_EXCEEDED'),
  refused({ kind: 'rate-limit', retryAfter: '-5' } as Fault, 'RATE_LIMIT_EXCEEDED'),
  refused(
    { kind: 'rate-limit', retryAfter: 'Thu, 01 Jan 2015 00:00:00 GMT' } as Fault,
    'RATE_LIMIT_EXCEEDED',
  ),
  final({ kind: 'rate-limit', retryAfter: '7200' } as Fault, 'RATE_LIMIT_EXCEEDED'),
  ill({ kind: 'status', status: 500 } as Fault, 'API_ERROR'),
  ill({ kind: 'status', status: 503 } as Fault, 'API_ERROR'),
  ill({ kind: 'reset', when: 'before' } as Fault, 'TransientNetworkFailure'),
];

const ON_THE_WAY: readonly Mishap[] = [
  ill({ kind: 'reset', when: 'inside' } as Fault, 'TransientNetworkFailure'),
  ill({ kind: 'lost-reply' }, 'TransientNetworkFailure'),
  { ...ill({ kind: 'hang' }, 'NETWORK_TIMEOUT'), isSlow: true },
  { ...ill({ kind: 'slow', firstByteMs: 60_000 } as Fault, 'NETWORK_TIMEOUT'), isSlow: true },
];

const SPOILT_SOUND: readonly Mishap[] = [
  refused({ kind: 'silent-audio' }, 'NarrationInvalid'),
  refused({ kind: 'truncated-audio' }, 'NarrationInvalid'),
];

const SPOILT_PICTURE: readonly Mishap[] = [
  refused({ kind: 'picture-bomb' }, 'PictureInvalid'),
  refused({ kind: 'blank-picture' }, 'PictureInvalid'),
];

const GARBAGE = ill({ kind: 'garbage' }, 'API_ERROR');
const SOUND_OF_GARBAGE = refused({ kind: 'garbage' }, 'NarrationInvalid');

/** The voices in the order of their chain, without those that speak on this machine. */
export const VOICES: readonly Link[] = [
  {
    provider: 'elevenlabs',
    vendor: 'elevenlabs',
    mishaps: [...EVERYWHERE, ...ON_THE_WAY, ...SPOILT_SOUND, GARBAGE],
  },
  {
    provider: 'openai',
    vendor: 'openai',
    route: 'POST /v1/audio/speech',
    mishaps: [...EVERYWHERE, ...ON_THE_WAY, ...SPOILT_SOUND, SOUND_OF_GARBAGE],
  },
  {
    provider: 'deepgram',
    vendor: 'deepgram',
    mishaps: [...EVERYWHERE, ...ON_THE_WAY, ...SPOILT_SOUND, SOUND_OF_GARBAGE],
  },
  {
    provider: 'openai-compatible',
    vendor: 'kokoro',
    mishaps: [...EVERYWHERE, ...SPOILT_SOUND, SOUND_OF_GARBAGE],
  },
  { provider: 'piper', vendor: 'piper', mishaps: [...EVERYWHERE, ...SPOILT_SOUND] },
];

/** Who makes and finds pictures, in the order of the chain, without the cards. */
export const PICTURES: readonly Link[] = [
  {
    provider: 'openai',
    vendor: 'openai',
    route: 'POST /v1/images/generations',
    mishaps: [
      ...EVERYWHERE,
      ...ON_THE_WAY,
      ...SPOILT_PICTURE,
      GARBAGE,
      final({ kind: 'refusal' }, 'CONTENT_REFUSED'),
    ],
  },
  { provider: 'comfyui', vendor: 'comfyui', route: 'POST /prompt', mishaps: EVERYWHERE },
  {
    provider: 'automatic1111',
    vendor: 'automatic1111',
    route: 'POST /sdapi/v1/txt2img',
    mishaps: [...EVERYWHERE, ...SPOILT_PICTURE],
  },
  {
    provider: 'pexels',
    vendor: 'pexels',
    route: 'GET /v1/search',
    mishaps: [...EVERYWHERE, GARBAGE],
  },
  { provider: 'pixabay', vendor: 'pixabay', route: 'GET /api/', mishaps: EVERYWHERE },
];

/** Who writes, without the rules of this machine. */
export const WRITERS: readonly Link[] = [
  {
    provider: 'openai',
    vendor: 'openai',
    route: 'POST /v1/chat/completions',
    mishaps: [...EVERYWHERE, ...ON_THE_WAY, final({ kind: 'refusal' }, 'CONTENT_REFUSED')],
  },
  {
    provider: 'anthropic',
    vendor: 'anthropic',
    route: 'POST /v1/messages',
    mishaps: [...EVERYWHERE, ...ON_THE_WAY],
  },
];

/** A whole account that is refused from the first call on. */
export const REFUSED_ACCOUNTS: readonly Mishap[] = [
  final({ kind: 'unauthorized' }, 'AUTH_FAILED'),
  final({ kind: 'no-money' }, 'QUOTA_EXCEEDED'),
];
