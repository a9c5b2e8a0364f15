import type { GenerateRequest } from '../videos/generate-request.js';
import type { PresetName } from '../videos/making-options.js';
import { BUNDLED } from './bundled.js';

/** What a preset is shown with where it is asked for alone. */
const SAMPLE_BRIEF =
  'Hello! This is Aura. You write what a film is to tell, and Aura finds the words, speaks them, draws the pictures and puts it all together.';

const HELLO_YOUTUBE = {
  title: 'Hello, YouTube',
  scenes: [
    {
      heading: 'Hello!',
      narration: 'Hello, YouTube! This film was made by Aura.',
      assetId: BUNDLED.hello,
    },
    {
      heading: 'Words, voice, pictures',
      narration: 'It takes your words, speaks them, and finds the pictures.',
      assetId: BUNDLED.making,
    },
    { heading: 'Your turn', narration: 'Now write a film of your own.', assetId: BUNDLED.play },
  ],
} satisfies GenerateRequest['script'];

/** What a film of a preset tells that is given nothing to tell of. Pure. */
export function sampleOf(preset: PresetName): Pick<GenerateRequest, 'brief' | 'script'> {
  return preset === 'sample-hello-youtube' ? { script: HELLO_YOUTUBE } : { brief: SAMPLE_BRIEF };
}
