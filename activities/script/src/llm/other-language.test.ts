import { expect, test } from 'vitest';
import { isOtherLanguage } from './other-language.js';

const TEXTS: Record<string, string> = {
  en: 'The bees fly out in the morning and they come back with nectar from the flowers. It is a long way, but they do not get tired, and the hive is full when the summer is over and the cold of the winter is at the door.',
  de: 'Die Bienen fliegen am Morgen aus und kommen mit Nektar von den Blumen zurück. Es ist ein weiter Weg, aber sie werden nicht müde, und der Stock ist voll, wenn der Sommer vorbei ist und die Kälte des Winters vor der Tür steht.',
  fr: 'Les abeilles sortent le matin et reviennent avec le nectar des fleurs. C’est un long chemin, mais elles ne se fatiguent pas, et la ruche est pleine quand l’été est fini et que le froid de l’hiver est à la porte.',
  es: 'Las abejas salen por la mañana y vuelven con el néctar de las flores. Es un camino largo, pero no se cansan, y la colmena está llena cuando se acaba el verano y el frío del invierno está a la puerta de la casa.',
  it: 'Le api escono al mattino e tornano con il nettare dei fiori. È una strada lunga, ma non si stancano, e l’alveare è pieno quando l’estate è finita e il freddo dell’inverno è alla porta della casa di tutti noi.',
  pt: 'As abelhas saem de manhã e voltam com o néctar das flores. É um caminho longo, mas elas não se cansam, e a colmeia está cheia quando o verão acaba e o frio do inverno está à porta da casa de todos nós.',
  nl: 'De bijen vliegen in de ochtend uit en komen met nectar van de bloemen terug. Het is een lange weg, maar ze worden niet moe, en de kast is vol als de zomer voorbij is en de kou van de winter voor de deur staat.',
  pl: 'Pszczoły wylatują rano i wracają z nektarem z kwiatów. To jest długa droga, ale one się nie męczą, a ul jest pełny, gdy lato się kończy i zimno stoi już za drzwiami, i nie ma już kwiatów na łące.',
  tr: 'Arılar sabah çıkar ve çiçeklerden nektar ile geri döner. Bu çok uzun bir yol, ama onlar yorulmaz ve yaz bittiği zaman kovan dolu olur, kış için her şey var ve daha çok bal bile kalır, o kadar.',
  ru: 'Пчёлы вылетают утром и возвращаются с нектаром от цветов. Это долгий путь, но они не устают, и улей полон, когда лето кончается и зимний холод стоит у дверей.',
  zh: '蜜蜂早晨飞出去，带着花蜜回来。路很长，但它们不累，夏天结束的时候蜂巢已经满了，冬天的寒冷就在门口。',
  ar: 'يخرج النحل في الصباح ويعود بالرحيق من الأزهار. الطريق طويل، لكنه لا يتعب، والخلية ممتلئة عندما ينتهي الصيف ويقف برد الشتاء على الباب.',
};

test.each(Object.keys(TEXTS))('a text in %s is its own and no other language', (language) => {
  const others = Object.keys(TEXTS).filter((other) => other !== language);
  expect(isOtherLanguage(TEXTS[language] ?? '', language)).toBe(false);
  const told = others.filter((other) => isOtherLanguage(TEXTS[language] ?? '', other));
  // Neighbours share so many small words that now and then one passes for the other; never most of them.
  expect(told.length).toBeGreaterThanOrEqual(others.length - 1);
});

test('names, quotations and words of the brief in another language change nothing', () => {
  const mixed = `${TEXTS['en']} The Frankfurter Allgemeine wrote: die Bienen sind los. How bees make honey.`;
  expect(isOtherLanguage(mixed, 'en-GB')).toBe(false);
});

test('short texts and languages that are not known are given the benefit of the doubt', () => {
  expect(isOtherLanguage('Der Honig ist gut.', 'en')).toBe(false);
  expect(isOtherLanguage(TEXTS['de'] ?? '', 'cy')).toBe(false);
});
