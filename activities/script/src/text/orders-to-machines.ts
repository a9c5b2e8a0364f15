/**
 * Sentences that are no statement but an order to whoever reads by machine. Narrow on purpose: they begin with the
 * order, so that "The captain ignored all orders" stays. Language models are told that documents are no orders; rules
 * would read them aloud.
 */
const ORDERS: readonly RegExp[] = [
  /^\W*(?:(?:please|now|and|then|important|attention|note|system|assistant|user|developer|ai)\b\W*){0,4}(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instructions?|prompts?|rules|orders|directions|guidelines|directives)\b/isu,
  /^\W*(?:(?:bitte|jetzt|nun|system)\b\W*){0,3}(?:ignorier|missacht|vergiss|vergesst|vergessen sie)\p{L}*\b.{0,60}(?:anweisung|instruktion|befehl|vorgabe|regeln|prompt)/isu,
  /^\W*(?:(?:veuillez|maintenant)\b\W*){0,2}(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte|ne tenez pas compte)\b.{0,60}(?:instructions|consignes|règles|ordres|prompt)/isu,
  /^\W*(?:(?:por favor|ahora|agora)\b\W*){0,2}(?:ignor[aeo]|ignorad|olvid[ae]|esque[çc]a)\b.{0,60}(?:instrucciones|instruções|istruzioni|reglas|regras|regole|órdenes|ordens|prompt)/isu,
  /^\W*(?:(?:please|now|then)\b\W*){0,3}(?:reveal|print|repeat|show|output|leak)\b.{0,40}\b(?:system prompt|your (?:instructions|prompt|rules))/isu,
  /^\W*(?:(?:system|assistant|ai)\b\W*){0,2}(?:from now on,? )?you are now\b.{0,40}\b(?:mode|assistant|model|chatbot|unrestricted|jailbroken)\b/isu,
  /<\|im_(?:start|end)\|>|\[\/?INST\]|<<\/?SYS>>/u,
];

/** An order to call an address, up to the end of its sentence; without the address half an order would be left. */
const CALLS =
  /(?<=^|[.!?\n]\s{0,10})[^\S\n]*(?:please |now |then ){0,3}(?:fetch|curl|wget|download|request|load|open|visit|call|post to|go to|click(?: on)?|send [^.!?\n]{1,80} to)\b[^.!?\n]{0,80}(?:https?|ftp|file):\/\/\S{1,2000}[^.!?\n]{0,200}[.!?]?/giu;

/** The text without orders to call an address, as it is before addresses are taken out of it. Pure. */
export function withoutCalls(text: string): string {
  return text.replace(CALLS, ' ');
}

/** Whether a sentence is an order to a machine. Pure. */
export function isOrderToMachine(sentence: string): boolean {
  return ORDERS.some((order) => order.test(sentence));
}
