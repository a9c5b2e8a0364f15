import type { Credits } from './elevenlabs.js';

export interface Voice {
  voiceId: string;
  name: string;
  gender: 'female' | 'male';
  accent: string;
  description: string;
}

/** The vendor's own stock voices, with their public ids. */
export const VOICES: readonly Voice[] = [
  '21m00Tcm4TlvDq8ikWAM Rachel female american calm',
  'EXAVITQu4vr4xnSDxMaL Sarah female american professional',
  'JBFqnCBsd6RMkjVDRZzb George male british mature',
  'pNInz6obpgDQGcFmaJgB Adam male american deep',
  'XB0fDUnXU5powFXDhCwa Charlotte female swedish relaxed',
  'onwK4e9ZLuTAKqWW03F9 Daniel male british formal',
  'nPczCjzI2devNBz1zQrb Brian male american deep',
  'Xb7hH8MSUJpSbSDYk0k2 Alice female british clear',
].map((row) => {
  const [voiceId = '', name = '', gender = '', accent = '', description = ''] = row.split(' ');
  return { voiceId, name, gender: gender === 'female' ? 'female' : 'male', accent, description };
});

export function voiceEntry({ voiceId, name, gender, accent, description }: Voice): object {
  return {
    voice_id: voiceId,
    name,
    samples: null,
    category: 'premade',
    labels: { accent, description, age: 'middle-aged', gender, use_case: 'narration' },
    description: null,
    preview_url: null,
    available_for_tiers: [],
    settings: null,
    sharing: null,
    high_quality_base_model_ids: ['eleven_multilingual_v2', 'eleven_turbo_v2_5'],
    verified_languages: [
      {
        language: 'en',
        model_id: 'eleven_multilingual_v2',
        accent,
        locale: null,
        preview_url: null,
      },
    ],
    safety_control: null,
    permission_on_resource: null,
    is_owner: false,
    is_legacy: false,
    is_mixed: false,
  };
}

export interface Model {
  id: string;
  name: string;
  /** Characters in one request. */
  limit: number;
  /** Credits a character. */
  credits: number;
  languages: readonly string[];
}

const MANY =
  'en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru'.split(
    ' ',
  );

export const MODELS: readonly Model[] = [
  { id: 'eleven_v3', name: 'Eleven v3', limit: 5_000, credits: 1, languages: [...MANY, 'he'] },
  {
    id: 'eleven_multilingual_v2',
    name: 'Eleven Multilingual v2',
    limit: 10_000,
    credits: 1,
    languages: MANY,
  },
  {
    id: 'eleven_turbo_v2_5',
    name: 'Eleven Turbo v2.5',
    limit: 40_000,
    credits: 0.5,
    languages: [...MANY, 'hu', 'no', 'vi'],
  },
  {
    id: 'eleven_flash_v2_5',
    name: 'Eleven Flash v2.5',
    limit: 40_000,
    credits: 0.5,
    languages: [...MANY, 'hu', 'no', 'vi'],
  },
  {
    id: 'eleven_flash_v2',
    name: 'Eleven Flash v2',
    limit: 30_000,
    credits: 0.5,
    languages: ['en'],
  },
];

export function modelEntries(): object[] {
  return MODELS.map(({ id, name, limit, credits, languages }) => ({
    model_id: id,
    name,
    can_be_finetuned: true,
    can_do_text_to_speech: true,
    can_do_voice_conversion: false,
    can_use_style: true,
    can_use_speaker_boost: true,
    serves_pro_voices: false,
    token_cost_factor: credits,
    description: name,
    requires_alpha_access: false,
    max_characters_request_free_user: Math.min(limit, 10_000),
    max_characters_request_subscribed_user: limit,
    maximum_text_length_per_request: limit,
    languages: languages.map((language) => ({ language_id: language, name: language })),
    model_rates: { character_cost_multiplier: credits },
    concurrency_group: 'standard',
  }));
}

/** `GET /v1/user/subscription`. */
export function subscriptionOf({ limit, left }: Credits): object {
  return {
    tier: 'creator',
    character_count: limit - left,
    character_limit: limit,
    max_character_limit_extension: null,
    can_extend_character_limit: true,
    allowed_to_extend_character_limit: true,
    next_character_count_reset_unix: 1_798_761_600,
    voice_slots_used: 1,
    professional_voice_slots_used: 0,
    voice_limit: 30,
    voice_add_edit_counter: 0,
    professional_voice_limit: 1,
    can_extend_voice_limit: false,
    can_use_instant_voice_cloning: true,
    can_use_professional_voice_cloning: true,
    currency: 'usd',
    status: 'active',
    billing_period: 'monthly_period',
    character_refresh_period: 'monthly_period',
    has_open_invoices: false,
    open_invoices: [],
  };
}
