import { lockAssets, type Asset, type AssetKind, type Transaction } from '@aura/database';
import type { BlobRef, Document, MakeVideoInput } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { invalidInput } from '../problem/invalid-input.js';
import type { GenerateRequest } from './generate-request.js';
import type { BytesOf, NamedFile } from './style/files.js';
import { bundledFiles, type BundledFile } from '../samples/bundled.js';
import { styleFiles, styleOf } from './style/style-of.js';
import { translationsOf } from './translations.js';
import { cutFrom, timelineFiles, timelineFrom } from './timeline/timeline-of.js';

/** What a request brings beside its words: uploaded files, and texts that are kept as files are. */
export interface Material {
  files: NamedFile[];
  /** By the place of their document. */
  texts: Map<number, BlobRef>;
  /** What scenes say in other languages. */
  translations: BlobRef | undefined;
  /** Files that come with Aura, by their ids. */
  bundled?: ReadonlyMap<string, BundledFile>;
  request: GenerateRequest;
  store: ArtifactStore;
}

/** An uploaded file, or one that comes with Aura. */
type UsableFile = Pick<Asset, 'kind' | 'fileName' | 'sha256' | 'mediaType'> & {
  bytes: bigint | number;
};

/** What a scene can show of the user's own. */
const SHOWN: readonly AssetKind[] = ['picture', 'clip'];

/** Stores the texts of documents: orders carry references. Errors: OutOfDiskSpace, OutputDirectoryNotWritable. */
export async function materialOf(
  request: GenerateRequest,
  store: ArtifactStore,
): Promise<Material> {
  const { script, documents } = request;
  const pictures = (script?.scenes ?? []).map(({ assetId }, at) => {
    return { assetId, kind: SHOWN, path: ['script', 'scenes', at, 'assetId'] };
  });
  const papers = (documents ?? []).map(({ assetId }, at) => {
    return { assetId, kind: 'document' as const, path: ['documents', at, 'assetId'] };
  });
  const { style } = request.options ?? {};
  const named = [
    ...pictures,
    ...papers,
    ...(style ? styleFiles(style, ['options', 'style']) : []),
    ...(request.timeline ? timelineFiles(request.timeline) : []),
  ];
  const files = named.flatMap(({ assetId, ...use }) =>
    assetId ? [{ ...use, assetId: assetId.toLowerCase() }] : [],
  );
  const texts = new Map<number, BlobRef>();
  for (const [at, { text }] of (documents ?? []).entries()) {
    if (text != null) texts.set(at, await store.putBytes(text, 'text/plain'));
  }
  const spoken = translationsOf(request);
  const translations = spoken && (await store.putBytes(JSON.stringify(spoken), 'application/json'));
  const ids = files.map(({ assetId }) => assetId);
  const bundled = await bundledFiles(ids, store);
  return { files, texts, translations, bundled, request, store };
}

/**
 * Puts files into an order: its makers get to know the bytes, not the id. The files are locked until the transaction
 * ends. Errors: InvalidInput, where one is not there or of another kind.
 */
export async function withMaterial(
  tx: Transaction,
  input: MakeVideoInput,
  { files, texts, translations, bundled = new Map(), request, store }: Material,
): Promise<{ order: MakeVideoInput; assetIds: string[] }> {
  const named = [...new Set(files.map(({ assetId }) => assetId))];
  const assetIds = named.filter((id) => !bundled.has(id));
  const uploaded = assetIds.length > 0 ? await lockAssets(tx, input.job.tenantId, assetIds) : [];
  const found: ReadonlyMap<string, UsableFile> = new Map<string, UsableFile>([
    ...bundled,
    ...uploaded,
  ]);
  refuseOthers(files, found);
  const assetOf = (assetId: string | null | undefined) => found.get(assetId?.toLowerCase() ?? '');
  const order = { ...input, ...(translations ? { translations } : {}) };
  const bytesOf: BytesOf = (assetId) => {
    const asset = assetOf(assetId);
    return asset && blobOf(asset);
  };
  const { style } = request.options ?? {};
  if (style) order.style = styleOf(style, input.render, bytesOf);
  if (request.timeline) {
    const timeline = timelineFrom(request.timeline, input.render, bytesOf);
    order.timeline = await store.putBytes(JSON.stringify(timeline), 'application/json');
    order.cut = cutFrom(request.timeline, input.render, bytesOf);
  }
  if (input.script) {
    const scenes = input.script.scenes.map((scene, at) => {
      const asset = assetOf(request.script?.scenes?.[at]?.assetId);
      return asset ? { ...scene, media: blobOf(asset) } : scene;
    });
    order.script = { ...input.script, scenes };
  }
  if (request.documents) {
    order.documents = request.documents.flatMap(({ assetId, title }, at): Document[] => {
      const asset = assetOf(assetId);
      const content = asset ? blobOf(asset) : texts.get(at);
      return content ? [{ title: title ?? asset?.fileName ?? `Text ${at + 1}`, content }] : [];
    });
  }
  return { order, assetIds };
}

/** Errors: InvalidInput, for each that is not there or of another kind. */
export function refuseOthers(
  files: readonly NamedFile[],
  found: ReadonlyMap<string, UsableFile>,
): void {
  const issues = files.flatMap(({ assetId, kind, path }) => {
    const is = found.get(assetId)?.kind;
    if (is === undefined) return [{ path, message: 'must be the id of an uploaded file' }];
    const kinds: readonly string[] = [kind].flat();
    return kinds.includes(is)
      ? []
      : [{ path, message: `must be a ${kinds.join(' or ')}, not a ${is}` }];
  });
  if (issues.length > 0) throw invalidInput(issues);
}

export function blobOf({ sha256, bytes, mediaType }: UsableFile): BlobRef {
  return { sha256, bytes: Number(bytes), mediaType };
}
