import { searchWords, type Database } from '@aura/database';
import { Failure } from '@aura/failure';
import type {
  Document,
  Passage,
  SearchDocumentsRequest,
  SearchDocumentsResponse,
  Warning,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { activitySignal, progress } from '@aura/work';
import { DOCUMENT_RECIPE, documentText } from './document-text.js';
import { passagesOf } from './passages.js';

interface SearchDependencies {
  database: Database;
  store: ArtifactStore;
}

/**
 * The passages of a job's documents that its film is told from: those that speak of what the brief asks for, best first
 * until there are enough characters, in the order of the documents. Texts are taken out of each document once and kept
 * for a day. Idempotent. Errors: AssetInvalid where a document cannot be read or all say nothing, ArtifactGone.
 */
export async function searchDocuments(
  { database, store }: SearchDependencies,
  { documents, query, language, characters }: SearchDocumentsRequest,
): Promise<SearchDocumentsResponse> {
  for (const [at, document] of documents.entries()) {
    progress(Math.round((100 * at) / documents.length), `reading document ${at + 1}`);
    await readOnce({ database, store }, document, language);
  }
  const ranked = await rankedPassages(database, documents, { query, language });
  if (ranked.length === 0) {
    throw new Failure('AssetInvalid', 'The documents hold no sentence that could be spoken.', {
      remediation: 'Give documents with running text; scanned pages have none.',
    });
  }
  return {
    passages: inOrder(chosen(ranked, characters)),
    warnings: ranked.some(({ rank }) => rank > 0) ? [] : [NOTHING_FOUND],
  };
}

const NOTHING_FOUND: Warning = {
  code: 'DocumentsOffTopic',
  message: 'Nothing in the documents speaks of what the brief asks for; their beginning is told.',
  stage: 'brief',
  sceneId: '',
};

async function readOnce(
  { database, store }: SearchDependencies,
  { content }: Document,
  language: string,
): Promise<void> {
  const { sha256, mediaType } = content;
  const recipe = DOCUMENT_RECIPE;
  const { count } = await database.passage.updateMany({
    where: { sha256, recipe },
    data: { at: new Date() },
  });
  if (count > 0) return;
  const text = await documentText(await store.localPath(content), mediaType, activitySignal());
  const data = passagesOf(text, language).map((passage, position) => {
    return { sha256, recipe, position, text: passage, words: searchWords(passage) };
  });
  await database.passage.createMany({ data, skipDuplicates: true });
}

interface Ranked extends Passage {
  rank: number;
}

/** The best first; equals in their order. Full text search over the words of the query, any of which may match. */
async function rankedPassages(
  database: Database,
  documents: readonly Document[],
  { query, language }: Pick<SearchDocumentsRequest, 'query' | 'language'>,
): Promise<Ranked[]> {
  const config = configOf(language);
  const asked = query.slice(0, 20_000);
  const sha256s = documents.map(({ content }) => content.sha256);
  const rows = await database.$queryRaw<
    { sha256: string; position: number; text: string; rank: number }[]
  >`
    WITH asked AS (
      SELECT replace((plainto_tsquery(${config}::regconfig, ${asked})
                      || plainto_tsquery('simple', ${searchWords(asked)}))::text, '&', '|')::tsquery AS query
    )
    SELECT sha256, position, text,
           ts_rank_cd(to_tsvector(${config}::regconfig, text) || to_tsvector('simple', words),
                      asked.query, 1)::float8 AS rank
    FROM passages, asked
    WHERE sha256 = ANY(${sha256s}) AND recipe = ${DOCUMENT_RECIPE}`;
  return rows
    .map(({ sha256, ...row }) => {
      const document = sha256s.indexOf(sha256);
      return { ...row, document, title: documents[document]?.title ?? '' };
    })
    .toSorted((a, b) => b.rank - a.rank || a.document - b.document || a.position - b.position);
}

/** What speaks of something else fills up a third at most: about as much as the film says. */
function chosen(ranked: readonly Ranked[], characters: number): Ranked[] {
  const taken: Ranked[] = [];
  let used = 0;
  for (const passage of ranked) {
    used += passage.text.length;
    if (taken.length > 0 && used > (passage.rank > 0 ? characters : characters / 3)) break;
    taken.push(passage);
  }
  return taken;
}

function inOrder(passages: readonly Ranked[]): Passage[] {
  return passages
    .map(({ document, title, position, text }) => ({ document, title, position, text }))
    .toSorted((a, b) => a.document - b.document || a.position - b.position);
}

const CONFIGS: Record<string, string> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hi: 'hindi',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};

/** PostgreSQL's words for languages; it stems none but these. */
function configOf(language: string): string {
  return CONFIGS[language.toLowerCase().split('-', 1)[0] ?? ''] ?? 'simple';
}
