/** The statistical voice of the Debian package festvox-us-slt-hts. */
export const FESTIVAL_VOICE = 'cmu_us_slt_arctic_hts';

/**
 * The program in Festival's Scheme that speaks a text into a WAV and prints each token with its times in seconds:
 * `token|start|end`, −1 where nothing is said. Text and path become string literals: they hold no quote, no
 * backslash and no control character, so nothing of them can be taken for Scheme.
 */
export function festivalScript(text: string, wav: string): string {
  return `(voice_${FESTIVAL_VOICE})
(set! utt (SynthText ${literal(text)}))
(define (end_of words)
  (let ((end -1))
    (mapcar
     (lambda (word)
       (if (> (item.feat word "word_end") end) (set! end (item.feat word "word_end"))))
     words)
    end))
(define (tell token)
  (let ((words (item.daughters token)))
    (format t "%s|%f|%f\\n"
      (item.name token)
      (if words (item.feat (car words) "word_start") -1)
      (if words (end_of words) -1))))
(let ((token (utt.relation.first utt 'Token)))
  (while token
    (tell token)
    (set! token (item.next token))))
(utt.save.wave utt ${literal(wav)} 'riff)
`;
}

function literal(text: string): string {
  if (/["\\\p{Cc}]/u.test(text)) throw new TypeError('a string for Festival is plain');
  return `"${text}"`;
}

export interface TimedToken {
  startMs: number;
  endMs: number;
}

/** Reads what the program prints; undefined for tokens of which nothing is said. */
export function timedTokens(output: string): (TimedToken | undefined)[] {
  return Array.from(
    output.matchAll(/^.*\|(?<start>-?\d+(?:\.\d+)?)\|(?<end>-?\d+(?:\.\d+)?)$/gmu),
    ({ groups }) => {
      const startMs = Number(groups?.['start']) * 1_000;
      const endMs = Number(groups?.['end']) * 1_000;
      return endMs > startMs && startMs >= 0 ? { startMs, endMs } : undefined;
    },
  );
}
