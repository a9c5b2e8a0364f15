/**
 * Our own texts in one language, for what frames a film there. All of them hold for every topic, and the
 * topic itself only ever stands after a colon or in quotation marks, so that no grammar has to bend it.
 */
export interface LanguagePack {
  /** BCP 47 base language. */
  language: string;
  /** Quotation marks of the language, opening and closing. */
  quotes: readonly [string, string];
  /** Set between sentences: nothing in Chinese and Japanese. */
  space: '' | ' ';
  /** Ends a sentence that our own words began. */
  stop: string;
  /** First words; {P} the topic. */
  hooks: readonly string[];
  leads: readonly string[];
  /** Questions and advice without the topic's name, from the first thought to the last. */
  lines: readonly string[];
  /** Headings for those lines. */
  headings: readonly string[];
  farewells: readonly string[];
  closingHeadings: readonly string[];
  /** The points of an outline; {n} a number, {p} the point, {list} all of them. */
  overview: readonly string[];
  points: readonly string[];
  recap: readonly string[];
  /** Requests for a film; group 1 is the topic. */
  requests: readonly RegExp[];
}
