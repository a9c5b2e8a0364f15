import type { SpokenVoices } from '@aura/proto';
import type { VoiceProvider } from './voice-provider.js';
import { voicesOf } from './voices-of.js';

/** Reports are written every few seconds: enough for two narrators in every language that anybody speaks. */
const MAX_VOICES = 400;

/** A provider's narrators, each once with all the languages it narrates. Pure, after `learn`. */
export function spokenVoices(provider: VoiceProvider): SpokenVoices {
  const byName = new Map<string, SpokenVoices['list'][number]>();
  for (const { voice, gender, style, caveat, language } of voicesOf([provider])) {
    const key = JSON.stringify([voice, gender, style, caveat]);
    const known = byName.get(key);
    if (known) known.languages.push(language);
    else byName.set(key, { name: voice, gender, style, caveat, languages: [language] });
  }
  return { list: [...byName.values()].slice(0, MAX_VOICES) };
}
