/**
 * Nouns that take no "a" in their usual sense, as heads of definitions. Made by counting how glosses begin
 * ("equipment for …" against "a device for …") and read through by hand.
 */
const MASS = `
  accounting acting advice agriculture air algae ammunition anger apparel armor art artillery aid attire
  attention bacon bacteria baking barley bark beauty beef beer behavior biology blindness blood boating botany brandy
  brass bread breathing buttermilk butter camouflage cancer candy care cattle cement censorship ceramics
  chalk charcoal cheese chemistry china chocolate clay climbing cloth clothing coal coffee communication
  computing concrete conduct confusion contentment cooking copper corn correspondence cotton courage cream
  criticism crockery cuisine curiosity cutlery dancing darkness data death decay decoration deer defense
  dew diamond diligence dirt divination diving dough dust earth economics education electricity embroidery
  employment energy engineering entertainment equality equipment ethics evidence evolution exercise
  experience exposure fabric faith fame farming fat fatigue felt fencing fermentation fiber fiction
  fish fishing flesh flooring flour fluid foam fog foliage food footwear freedom fruit fuel fun fungi
  furniture fury gas gasoline gear gin glass gold gossip grain grammar granite grass gratitude gravel gravity
  grease grief growth gymnastics happiness hardware harmony hay health heat help history honesty honey
  honor housing humor hydrogen ice imagination importance income information ink instruction insulation
  insurance intelligence iron ivory jam jazz jelly jewelry journalism joy juice justice kindness knitting
  knowledge labor lace land language larceny laughter laundry law lead learning leather legislation
  leisure lettuce light lightning linen liquid liquor literature livestock logic loss love luck luggage
  lumber machinery mail maintenance makeup malt management mankind manure marble material mathematics matter
  mayonnaise meat mechanics medicine memory merchandise metal meteorology milk mining moisture money mud music
  navigation needlework news nitrogen noise nonsense nourishment nutrition obedience oil opposition ore
  ownership oxygen paint paper paste pasta patience payment peace people pepper perception perfume permission
  personnel philosophy photography physics plaster plastic playing pleasure plumbing poetry poker policy
  pollution pork porcelain pottery poultry powder power practice praise preparation prejudice prestige
  pride privacy proof property prose protection psychology punishment radiation rain rainfall reading reality
  reasoning recognition religion research resin respect rice riding rock rubber rum running rust sadness
  safety salad salt sand satire sauce scenery science seafood seating security sewage shade shelter silk silver
  singing skating skiing sleep smoke snow soap software soil soup space speech spinach sport stain starch
  steam steel stone storage strength string stuff success suffering sugar sunlight surgery swimming tableware
  tea teaching technology temperature terrain text thinking thought thread time timber tissue tobacco
  tourism trade traffic training transport transportation travel treatment trust truth turf underwear
  understanding unity vegetation violence vision vodka wallpaper ware warfare warmth waste water
  wealth weaponry weather weaving weight whiskey wildlife wind wine wire wisdom wood wool work worship writing
  yarn yeast yoga zeal`;

const KNOWN = new Set(MASS.split(/\s+/).filter(Boolean));

/** Endings of nouns that name acts, states and subjects rather than things one can count. */
const ABSTRACT = /(?:ness|ity|ism|ics|logy|graphy|ance|ence|hood|tude|cy|ship|ery|ation|ication)$/;

/** Nouns with such endings, or in -ing, that are counted all the same. */
const COUNTED = new Set(
  `activity ability battery bakery beginning brewery building cavity ceiling celebration ceremony city
  civilization community conference constellation corporation covering creation currency
  discovery distance drawing earring entity eternity expression feeling formation foundation
  gallery gathering generation greeting grocery instance king landing lottery machinery meeting membrane
  mystery nation nursery opening organization orientation painting party peculiarity performance personality
  population property provision publication quality quantity relationship ring
  saying sentence sequence ship shipping society species spring station string surgery surroundings
  substance thing tendency topping university variation vibration wing wording fraternity fertility
  celebrity facility deity utility commodity universe difference preference experience sensation operation
  relation location situation occupation application association combination competition condition
  instance entrance ambulance appliance allowance alliance audience influence residence reference
  cemetery artery scenery battleship airship spaceship friendship championship township lordship
  ending crossing clearing dressing filling stuffing pudding dumpling sibling offspring seedling duckling
  helping wedding outing sitting rating setting training-ground clothing-store`.split(/\s+/),
);

/** Whether a noun is on the list itself, not only by its ending. */
export function isUsuallyMass(noun: string): boolean {
  return KNOWN.has(noun);
}

/** Whether a noun usually stands without "a" ("water", "freedom"). Lower case, singular. */
export function isMassNoun(noun: string): boolean {
  const last = noun.split(/[ -]/).at(-1) ?? noun;
  if (KNOWN.has(last)) return true;
  if (COUNTED.has(last)) return false;
  return ABSTRACT.test(last) || (last.endsWith('ing') && last.length > 5);
}
