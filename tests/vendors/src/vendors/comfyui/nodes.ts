/** What a node takes and gives, as ComfyUI's own nodes declare it. */
export interface NodeType {
  required: Record<string, InputType>;
  optional: Record<string, InputType>;
  outputs: readonly string[];
  isOutput: boolean;
  category: string;
}

/** A type's name, or a list of values; with bounds for numbers. */
export interface InputType {
  type: string | readonly string[];
  min?: number;
  max?: number;
  default?: unknown;
}

const INT = (fallback: number, min: number, max: number): InputType => ({
  type: 'INT',
  default: fallback,
  min,
  max,
});
const FLOAT = (fallback: number, min: number, max: number): InputType => ({
  type: 'FLOAT',
  default: fallback,
  min,
  max,
});
const SIZE = INT(512, 16, 16_384);
const SEED = INT(0, 0, Number.MAX_SAFE_INTEGER);
const STRING: InputType = { type: 'STRING' };
const SAMPLERS = [
  'euler',
  'euler_ancestral',
  'heun',
  'dpm_2',
  'dpmpp_2m',
  'dpmpp_2m_sde',
  'dpmpp_sde',
  'lcm',
  'ddim',
  'uni_pc',
];
const SCHEDULERS = [
  'normal',
  'karras',
  'exponential',
  'sgm_uniform',
  'simple',
  'ddim_uniform',
  'beta',
];

const link = (type: string): InputType => ({ type });
const list = (type: readonly string[]): InputType => ({ type });

/** The nodes that ordinary workflows for pictures and for clips from pictures are made of. */
export function nodeTypes(models: readonly string[]): Record<string, NodeType> {
  const checkpoint = list(models);
  return {
    CheckpointLoaderSimple: node('loaders', { ckpt_name: checkpoint }, ['MODEL', 'CLIP', 'VAE']),
    ImageOnlyCheckpointLoader: node('loaders/video_models', { ckpt_name: checkpoint }, [
      'MODEL',
      'CLIP_VISION',
      'VAE',
    ]),
    UNETLoader: node(
      'advanced/loaders',
      { unet_name: checkpoint, weight_dtype: list(['default', 'fp8_e4m3fn', 'fp8_e5m2']) },
      ['MODEL'],
    ),
    CLIPLoader: node('advanced/loaders', { clip_name: checkpoint, type: STRING }, ['CLIP']),
    DualCLIPLoader: node(
      'advanced/loaders',
      { clip_name1: checkpoint, clip_name2: checkpoint, type: STRING },
      ['CLIP'],
    ),
    VAELoader: node('loaders', { vae_name: checkpoint }, ['VAE']),
    CLIPVisionLoader: node('loaders', { clip_name: checkpoint }, ['CLIP_VISION']),
    CLIPTextEncode: node('conditioning', { text: STRING, clip: link('CLIP') }, ['CONDITIONING']),
    FluxGuidance: node(
      'advanced/conditioning/flux',
      { conditioning: link('CONDITIONING'), guidance: FLOAT(3.5, 0, 100) },
      ['CONDITIONING'],
    ),
    EmptyLatentImage: node('latent', { width: SIZE, height: SIZE, batch_size: INT(1, 1, 4_096) }, [
      'LATENT',
    ]),
    EmptySD3LatentImage: node(
      'latent/sd3',
      { width: SIZE, height: SIZE, batch_size: INT(1, 1, 4_096) },
      ['LATENT'],
    ),
    KSampler: node(
      'sampling',
      {
        model: link('MODEL'),
        seed: SEED,
        steps: INT(20, 1, 10_000),
        cfg: FLOAT(8, 0, 100),
        sampler_name: list(SAMPLERS),
        scheduler: list(SCHEDULERS),
        positive: link('CONDITIONING'),
        negative: link('CONDITIONING'),
        latent_image: link('LATENT'),
        denoise: FLOAT(1, 0, 1),
      },
      ['LATENT'],
    ),
    VAEDecode: node('latent', { samples: link('LATENT'), vae: link('VAE') }, ['IMAGE']),
    LoadImage: node('image', { image: STRING }, ['IMAGE', 'MASK']),
    ImageScale: node(
      'image/upscaling',
      {
        image: link('IMAGE'),
        upscale_method: list(['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos']),
        width: INT(512, 0, 16_384),
        height: INT(512, 0, 16_384),
        crop: list(['disabled', 'center']),
      },
      ['IMAGE'],
    ),
    SVD_img2vid_Conditioning: node(
      'conditioning/video_models',
      {
        clip_vision: link('CLIP_VISION'),
        init_image: link('IMAGE'),
        vae: link('VAE'),
        width: SIZE,
        height: SIZE,
        video_frames: INT(14, 1, 4_096),
        motion_bucket_id: INT(127, 1, 1_023),
        fps: INT(6, 1, 1_024),
        augmentation_level: FLOAT(0, 0, 10),
      },
      ['CONDITIONING', 'CONDITIONING', 'LATENT'],
    ),
    VideoLinearCFGGuidance: node(
      'sampling/video_models',
      { model: link('MODEL'), min_cfg: FLOAT(1, 0, 100) },
      ['MODEL'],
    ),
    WanImageToVideo: {
      ...node(
        'conditioning/video_models',
        {
          positive: link('CONDITIONING'),
          negative: link('CONDITIONING'),
          vae: link('VAE'),
          width: SIZE,
          height: SIZE,
          length: INT(81, 1, 16_384),
          batch_size: INT(1, 1, 4_096),
        },
        ['CONDITIONING', 'CONDITIONING', 'LATENT'],
      ),
      optional: { clip_vision_output: link('CLIP_VISION_OUTPUT'), start_image: link('IMAGE') },
    },
    CreateVideo: {
      ...node('image/video', { images: link('IMAGE'), fps: FLOAT(30, 1, 120) }, ['VIDEO']),
      optional: { audio: link('AUDIO') },
    },
    SaveImage: output('image', { images: link('IMAGE'), filename_prefix: STRING }),
    PreviewImage: output('image', { images: link('IMAGE') }),
    SaveVideo: output('image/video', {
      video: link('VIDEO'),
      filename_prefix: STRING,
      format: list(['auto', 'mp4']),
      codec: list(['auto', 'h264']),
    }),
  };
}

function node(
  category: string,
  required: Record<string, InputType>,
  outputs: readonly string[],
): NodeType {
  return { category, required, optional: {}, outputs, isOutput: false };
}

function output(category: string, required: Record<string, InputType>): NodeType {
  return { ...node(category, required, []), isOutput: true };
}

/** `GET /object_info`: a type's name or its values, then its options. */
export function objectInfo(
  name: string,
  { category, required, optional, outputs, isOutput }: NodeType,
): object {
  const shown = (inputs: Record<string, InputType>) =>
    Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, inputConfig(input)]));
  return {
    input: { required: shown(required), optional: shown(optional) },
    input_order: { required: Object.keys(required), optional: Object.keys(optional) },
    output: outputs,
    output_is_list: outputs.map(() => false),
    output_name: outputs,
    name,
    display_name: name,
    description: '',
    python_module: 'nodes',
    category,
    output_node: isOutput,
  };
}

export function inputConfig({ type, ...options }: InputType): unknown[] {
  return Object.keys(options).length === 0 ? [type] : [type, options];
}
