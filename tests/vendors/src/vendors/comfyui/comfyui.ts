import { randomUUID } from 'node:crypto';
import type {
  Call,
  Reply,
  Route,
  Trouble,
  VendorBehaviour,
  VendorContext,
} from '../../server/call.js';
import { nodeTypes, objectInfo, type NodeType } from './nodes.js';
import { PromptQueue } from './queue.js';
import { drawFile, type MadeFile } from './render.js';
import { validateWorkflow, type Workflow } from './validate.js';

const USUAL_MODELS = [
  'sd_xl_base_1.0.safetensors',
  'flux1-dev-fp8.safetensors',
  'svd_xt.safetensors',
];

/**
 * ComfyUI. Source: its server.py and execution.py: a workflow in API format is posted to /prompt, checked node
 * by node, queued, and found in /history under its id when it is done (until then the reply is `{}`); files
 * come from /view. The client may choose the prompt's id, so that it can look up what became of a lost reply;
 * the same id posted twice is done twice. Every path also exists below /api. No key.
 */
export function comfyUi({ options }: VendorContext): VendorBehaviour {
  const types = nodeTypes(options.models ?? USUAL_MODELS);
  const queue = new PromptQueue(options.workMs ?? 0);
  const uploads = new Set<string>();
  const routes: Route[] = [
    {
      method: 'POST',
      path: '/prompt',
      handle: (call) => postPrompt(call, { types, queue, uploads }),
    },
    {
      method: 'GET',
      path: '/prompt',
      handle: () => ({ body: { exec_info: { queue_remaining: queue.remaining } } }),
    },
    {
      method: 'GET',
      path: '/history',
      handle: () => ({ body: Object.fromEntries(queue.history) }),
    },
    {
      method: 'GET',
      path: '/history/{id}',
      handle: ({ params: { id = '' } }) => ({ body: historyOf(queue, id) }),
    },
    { method: 'POST', path: '/history', handle: (call) => changeHistory(call, queue) },
    { method: 'GET', path: '/queue', handle: () => ({ body: queue.shown() }) },
    { method: 'POST', path: '/queue', handle: (call) => changeQueue(call, queue) },
    {
      method: 'POST',
      path: '/interrupt',
      handle: ({ request }) => {
        queue.interrupt((request.json as { prompt_id?: string } | undefined)?.prompt_id);
        return {};
      },
    },
    { method: 'POST', path: '/free', handle: () => ({}) },
    { method: 'GET', path: '/view', handle: (call) => view(call, queue) },
    { method: 'POST', path: '/upload/image', handle: (call) => upload(call, uploads) },
    { method: 'GET', path: '/system_stats', handle: () => ({ body: SYSTEM_STATS }) },
    {
      method: 'GET',
      path: '/object_info',
      handle: () => ({
        body: Object.fromEntries(
          Object.entries(types).map(([name, type]) => [name, objectInfo(name, type)]),
        ),
      }),
    },
    {
      method: 'GET',
      path: '/object_info/{name}',
      handle: ({ params: { name = '' } }) => {
        const type = types[name];
        return { body: type ? { [name]: objectInfo(name, type) } : {} };
      },
    },
    {
      method: 'GET',
      path: '/models/checkpoints',
      handle: () => ({ body: [...(options.models ?? USUAL_MODELS)] }),
    },
  ];
  return {
    routes: routes.flatMap((route) => [route, { ...route, path: `/api${route.path}` }]),
    headers: () => ({ server: 'Python/3.12 aiohttp/3.12.15' }),
    trouble: comfyTrouble,
    notFound: () => aiohttpError(404),
    worksItself: true,
  };
}

function postPrompt(
  call: Call,
  {
    types,
    queue,
    uploads,
  }: { types: Record<string, NodeType>; queue: PromptQueue; uploads: ReadonlySet<string> },
): Reply {
  const body = call.request.json as
    | {
        prompt?: Workflow;
        prompt_id?: string;
        client_id?: string;
        extra_data?: object;
        number?: number;
        front?: boolean;
      }
    | undefined;
  if (typeof body !== 'object' || body === null) return aiohttpError(500);
  if (body.prompt === undefined) {
    const text = 'No prompt provided';
    return {
      status: 400,
      body: {
        error: { type: 'no_prompt', message: text, details: text, extra_info: {} },
        node_errors: {},
      },
    };
  }
  const result = validateWorkflow(body.prompt, types, uploads);
  if (!result.isValid)
    return { status: 400, body: { error: result.error, node_errors: result.nodeErrors } };
  const id = body.prompt_id ?? randomUUID();
  const count = queue.history.size + queue.remaining;
  const number = body.number ?? (body.front ? -count : count);
  const extra = {
    ...body.extra_data,
    ...(body.client_id === undefined ? {} : { client_id: body.client_id }),
  };
  call.charge({ model: checkpointOf(body.prompt), usage: { prompts: 1 }, costUsd: 0 });
  queue.add({
    number,
    id,
    workflow: body.prompt,
    extra,
    outputs: result.outputs,
    fault: call.fault,
  });
  return { body: { prompt_id: id, number, node_errors: result.nodeErrors } };
}

function checkpointOf(workflow: Workflow): string {
  const inputs = Object.values(workflow).map((node) => node.inputs ?? {});
  const names = inputs.map((one) => one['ckpt_name'] ?? one['unet_name']);
  return names.find((name) => typeof name === 'string') ?? 'workflow';
}

function historyOf({ history }: PromptQueue, id: string): object {
  const entry = history.get(id);
  return entry ? { [id]: entry } : {};
}

function changeHistory({ request }: Call, { history }: PromptQueue): Reply {
  const { clear = false, delete: ids = [] } = (request.json ?? {}) as {
    clear?: boolean;
    delete?: string[];
  };
  if (clear) history.clear();
  for (const id of ids) history.delete(id);
  return {};
}

function changeQueue({ request }: Call, queue: PromptQueue): Reply {
  const { clear = false, delete: ids = [] } = (request.json ?? {}) as {
    clear?: boolean;
    delete?: string[];
  };
  if (clear) queue.clear();
  queue.remove(ids);
  return {};
}

async function view({ request: { query }, fault }: Call, { files }: PromptQueue): Promise<Reply> {
  const { filename = '', subfolder = '', type = 'output' } = query;
  if (filename.startsWith('/') || filename.includes('..')) return { status: 400 };
  const file = files.get(`${type}/${subfolder}/${filename}`);
  if (!file) return { status: 404 };
  const spoilt = fault ? ({ ...file, order: { ...file.order, fault } } as MadeFile) : file;
  return {
    headers: {
      'content-type': file.kind === 'clip' ? 'video/mp4' : 'image/png',
      'content-disposition': `filename="${filename}"`,
    },
    body: await drawFile(spoilt),
  };
}

/** Multipart; the bytes are not kept, as clips are drawn anyway, only that the file is there. */
function upload({ request }: Call, uploads: Set<string>): Reply {
  const name = /name="image"; ?filename="(?<name>[^"]+)"/u.exec(request.text)?.groups?.['name'];
  if (name === undefined) return { status: 400 };
  uploads.add(name);
  return { body: { name, subfolder: '', type: 'input' } };
}

const SYSTEM_STATS = {
  system: {
    os: 'posix',
    ram_total: 33_554_432_000,
    ram_free: 20_000_000_000,
    comfyui_version: '0.3.65',
    required_frontend_version: '1.27.10',
    python_version: '3.12.3 (main) [GCC 13.3.0]',
    pytorch_version: '2.8.0+cu128',
    embedded_python: false,
    argv: ['main.py'],
  },
  devices: [
    {
      name: 'cuda:0 NVIDIA GeForce RTX 3060',
      type: 'cuda',
      index: 0,
      vram_total: 12_884_901_888,
      vram_free: 11_000_000_000,
      torch_vram_total: 0,
      torch_vram_free: 0,
    },
  ],
};

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  402: 'Payment Required',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** aiohttp answers in plain text. */
function aiohttpError(status: number, headers: Record<string, string> = {}): Reply {
  const text = `${status}: ${TITLES[status] ?? 'Error'}`;
  const body = status === 500 ? '500 Internal Server Error\n\nServer got itself in trouble' : text;
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

function comfyTrouble(trouble: Trouble): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return aiohttpError(401);
    case 'no-money':
      return aiohttpError(402);
    case 'rate-limit':
      return aiohttpError(
        429,
        trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      );
    case 'model-missing': {
      const details = "Value not in list: ckpt_name: 'missing.safetensors' not in []";
      const error = {
        type: 'prompt_outputs_failed_validation',
        message: 'Prompt outputs failed validation',
        details,
        extra_info: {},
      };
      return { status: 400, body: { error, node_errors: {} } };
    }
    default:
      return aiohttpError(trouble.status);
  }
}
