import { sentencesOf } from '@aura/proto';

/**
 * What a voice speaks to be measured where no sample is given. Short and long sentences of plain prose, so
 * that the time per character and the time per sentence can be told apart.
 */
export function paceSample(language: string): string {
  const base = new Intl.Locale(language).language;
  return SAMPLES[base] ?? SAMPLES[RELATED[base] ?? ''] ?? NAMES;
}

/** Enough sentences of it to tell the time per character from the time per sentence. */
export function shortPaceSample(language: string): string {
  const sentences = sentencesOf(paceSample(language), language);
  let length = 0;
  return sentences
    .filter((sentence) => (length += Array.from(sentence).length) <= SHORT_SAMPLE)
    .join(' ');
}

/** In characters: some 20 s of speech. */
const SHORT_SAMPLE = 320;

/** Languages that are measured with the text of a related one, in the same script. */
const RELATED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    ru: ['kk', 'ky', 'tt', 'ba', 'cv', 'nog'],
    hi: ['mr', 'ne'],
    bn: ['bpy'],
    fa: ['sd'],
    nb: ['no', 'nn'],
    id: ['ms'],
    sr: ['sh'],
    zh: ['cmn', 'yue'],
  }).flatMap(([known, related]) => related.map((language) => [language, known])),
);

/** Names that any voice with Latin letters reads by its own rules. */
const NAMES =
  'Anna. Marta, Peter, Viktor. Lisa, Adam, Monika, Daniel, Sara, Martin, Elena. ' +
  'Roma, Berlin, Madrid, Oslo, Amsterdam, Lima, Havana, Panama, Manila, Ankara, Kopenhagen, Helsinki. ' +
  'Radio, musika, teatro, banana, planeta. Salami, tomato, limonada, hotel, taksi, metro, aroma, kamera, gitara, violino.';

const SAMPLES: Readonly<Record<string, string>> = {
  en:
    'The sea is never quiet. Far below the surface, sunlight fades within a few hundred metres, and the water turns from blue to black. ' +
    'Animals here make their own light. They use it to hunt, to hide, and to find one another in a darkness that has lasted for millions of years. ' +
    'Most of them have no name. In 1977, a small crew looked out of a window and saw hot water rising from the ground, with a whole garden of life around it. ' +
    'Nobody had expected this. Every dive since then has brought back something new, which is why people keep going down. ' +
    'A city works in much the same way. Water, power and news arrive through pipes and wires that few of us ever see, and we only think of them when they fail. ' +
    'Who keeps them running? Engineers do, mostly at night. Their work is careful, repetitive and essential, and it begins with a simple question: what could go wrong today?',
  de:
    'Das Meer ist niemals still. Tief unter der Oberfläche verschwindet das Sonnenlicht nach wenigen hundert Metern, und das Wasser wird erst blau und dann schwarz. ' +
    'Die Tiere hier machen ihr eigenes Licht. Sie brauchen es, um zu jagen, um sich zu verstecken und um einander zu finden. ' +
    'Viele haben noch keinen Namen. Im Jahr 1977 sahen Forscher aus einem kleinen Fenster, wie heißes Wasser aus dem Boden stieg. Niemand hatte das erwartet.',
  fr:
    'La mer n’est jamais calme. Loin sous la surface, la lumière du soleil disparaît après quelques centaines de mètres, et l’eau passe du bleu au noir. ' +
    'Ici, les animaux font leur propre lumière. Ils s’en servent pour chasser, pour se cacher et pour se retrouver dans la nuit. ' +
    'Beaucoup n’ont pas de nom. En 1977, une petite équipe a vu par une fenêtre de l’eau chaude sortir du sol. Personne ne s’y attendait.',
  es:
    'El mar nunca está en calma. Muy por debajo de la superficie, la luz del sol se apaga a unos cientos de metros, y el agua pasa del azul al negro. ' +
    'Aquí los animales hacen su propia luz. La usan para cazar, para esconderse y para encontrarse en la oscuridad. ' +
    'Muchos no tienen nombre. En 1977, un pequeño equipo vio por una ventana cómo el agua caliente salía del suelo. Nadie lo esperaba.',
  it:
    'Il mare non è mai fermo. Molto al di sotto della superficie la luce del sole si spegne dopo poche centinaia di metri, e l’acqua passa dal blu al nero. ' +
    'Qui gli animali fanno luce da soli. La usano per cacciare, per nascondersi e per ritrovarsi nel buio. ' +
    'Molti non hanno un nome. Nel 1977 un piccolo gruppo vide da una finestra l’acqua calda che usciva dal fondo. Nessuno se lo aspettava.',
  pt:
    'O mar nunca está quieto. Muito abaixo da superfície, a luz do sol desaparece depois de algumas centenas de metros, e a água passa do azul ao preto. ' +
    'Aqui os animais fazem a sua própria luz. Eles a usam para caçar, para se esconder e para se encontrar no escuro. ' +
    'Muitos não têm nome. Em 1977, uma pequena equipe viu por uma janela a água quente que saía do chão. Ninguém esperava por isso.',
  nl:
    'De zee is nooit stil. Diep onder het oppervlak verdwijnt het zonlicht na een paar honderd meter, en het water wordt eerst blauw en dan zwart. ' +
    'De dieren maken hier hun eigen licht. Ze gebruiken het om te jagen, om zich te verstoppen en om elkaar te vinden. ' +
    'Veel dieren hebben nog geen naam. In 1977 zag een kleine groep door een raam hoe heet water uit de bodem kwam. Niemand had dat verwacht.',
  sv:
    'Havet är aldrig stilla. Långt under ytan försvinner solljuset efter några hundra meter, och vattnet går från blått till svart. ' +
    'Djuren här gör sitt eget ljus. De använder det för att jaga, för att gömma sig och för att hitta varandra. ' +
    'Många har inget namn. År 1977 såg en liten grupp genom ett fönster hur varmt vatten steg upp ur botten. Ingen hade väntat sig det.',
  da:
    'Havet er aldrig stille. Langt under overfladen forsvinder sollyset efter nogle hundrede meter, og vandet går fra blåt til sort. ' +
    'Dyrene her laver deres eget lys. De bruger det til at jage, til at gemme sig og til at finde hinanden. ' +
    'Mange har intet navn. I 1977 så en lille gruppe gennem et vindue, hvordan varmt vand steg op af bunden. Ingen havde ventet det.',
  nb:
    'Havet er aldri stille. Langt under overflaten forsvinner sollyset etter noen hundre meter, og vannet går fra blått til svart. ' +
    'Dyrene her lager sitt eget lys. De bruker det til å jakte, til å gjemme seg og til å finne hverandre. ' +
    'Mange har ikke noe navn. I 1977 så en liten gruppe gjennom et vindu hvordan varmt vann steg opp fra bunnen. Ingen hadde ventet det.',
  fi:
    'Meri ei ole koskaan hiljaa. Kaukana pinnan alla auringon valo katoaa muutaman sadan metrin matkalla, ja vesi muuttuu sinisestä mustaksi. ' +
    'Täällä eläimet tekevät oman valonsa. Ne käyttävät sitä saalistamiseen, piiloutumiseen ja toistensa löytämiseen. ' +
    'Monella ei ole nimeä. Vuonna 1977 pieni ryhmä näki ikkunasta, kuinka kuuma vesi nousi pohjasta. Kukaan ei ollut odottanut sitä.',
  pl:
    'Morze nigdy nie jest ciche. Głęboko pod powierzchnią światło słońca znika po kilkuset metrach, a woda zmienia kolor z niebieskiego na czarny. ' +
    'Zwierzęta tworzą tu własne światło. Używają go, żeby polować, żeby się ukrywać i żeby się odnajdywać. ' +
    'Wiele z nich nie ma nazwy. W 1977 roku mała grupa zobaczyła przez okno gorącą wodę, która wypływała z dna. Nikt się tego nie spodziewał.',
  cs:
    'Moře není nikdy tiché. Hluboko pod hladinou zmizí sluneční světlo po několika stech metrech a voda se změní z modré na černou. ' +
    'Zvířata si tu tvoří vlastní světlo. Používají ho k lovu, k úkrytu a k tomu, aby se navzájem našla. ' +
    'Mnohá nemají jméno. V roce 1977 viděla malá skupina z okna horkou vodu, která stoupala ze dna. Nikdo to nečekal.',
  hu:
    'A tenger sohasem csendes. Messze a felszín alatt néhány száz méter után eltűnik a napfény, és a víz kékből feketére vált. ' +
    'Az állatok itt maguk készítik a fényt. Arra használják, hogy vadásszanak, elrejtőzzenek és megtalálják egymást. ' +
    'Soknak nincs neve. 1977-ben egy kis csapat egy ablakon át látta, ahogy forró víz tör fel a fenékről. Senki sem számított erre.',
  ro:
    'Marea nu este niciodată liniștită. Mult sub suprafață, lumina soarelui dispare după câteva sute de metri, iar apa trece de la albastru la negru. ' +
    'Aici animalele își fac singure lumina. O folosesc ca să vâneze, ca să se ascundă și ca să se găsească. ' +
    'Multe nu au nume. În 1977, un grup mic a văzut printr-o fereastră apa fierbinte care ieșea din pământ. Nimeni nu se aștepta.',
  tr:
    'Deniz hiçbir zaman sessiz değildir. Yüzeyin çok altında güneş ışığı birkaç yüz metre sonra kaybolur ve su maviden siyaha döner. ' +
    'Burada hayvanlar kendi ışıklarını yapar. Bu ışığı avlanmak, saklanmak ve birbirlerini bulmak için kullanırlar. ' +
    'Çoğunun adı yoktur. 1977 yılında küçük bir ekip pencereden bakarken yerden çıkan sıcak suyu gördü. Bunu kimse beklemiyordu.',
  ru:
    'Море никогда не молчит. Далеко под поверхностью солнечный свет исчезает через несколько сотен метров, и вода из синей становится чёрной. ' +
    'Животные здесь сами создают свет. Он нужен им, чтобы охотиться, прятаться и находить друг друга в темноте. ' +
    'У многих нет имени. В 1977 году небольшая группа увидела в окно, как из дна поднимается горячая вода. Никто этого не ожидал.',
  uk:
    'Море ніколи не мовчить. Далеко під поверхнею сонячне світло зникає через кілька сотень метрів, і вода із синьої стає чорною. ' +
    'Тварини тут самі створюють світло. Воно потрібне їм, щоб полювати, ховатися і знаходити одне одного. ' +
    'Багато з них не мають назви. У 1977 році невелика група побачила у вікно, як із дна піднімається гаряча вода. Ніхто цього не чекав.',
  be:
    'Мора ніколі не маўчыць. Далёка пад паверхняй сонечнае святло знікае праз некалькі соцень метраў, і вада з сіняй становіцца чорнай. ' +
    'Жывёлы тут самі ствараюць святло. Яно патрэбна ім, каб паляваць, хавацца і знаходзіць адно аднаго ў цемры. Ніхто гэтага не чакаў.',
  bg:
    'Морето никога не мълчи. Далеч под повърхността слънчевата светлина изчезва след няколкостотин метра, а водата става от синя черна. ' +
    'Животните тук сами създават светлина. Тя им трябва, за да ловуват, да се крият и да се намират в тъмнината. Никой не очакваше това.',
  mk:
    'Морето никогаш не молчи. Далеку под површината сончевата светлина исчезнува по неколку стотини метри, а водата од сина станува црна. ' +
    'Животните тука сами создаваат светлина. Таа им треба за да ловат, да се кријат и да се наоѓаат во темнината. Никој не го очекуваше тоа.',
  sr:
    'Море никада не ћути. Дубоко испод површине сунчева светлост нестаје после неколико стотина метара, а вода од плаве постаје црна. ' +
    'Животиње овде саме стварају светлост. Она им треба да лове, да се крију и да се налазе у тами. Нико то није очекивао.',
  as: 'সাগৰ গভীৰ। সকলো মানুহেই জন্মগতভাৱে স্বাধীন আৰু মৰ্যাদা আৰু অধিকাৰত সমান। তেওঁলোকৰ বিবেক আৰু বুদ্ধি আছে, আৰু তেওঁলোকে ইজনে সিজনৰ লগত ভাইৰ দৰে থাকিব লাগে।',
  ur: 'سمندر گہرا ہے۔ تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ملی ہے، اس لئے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہئے۔',
  ug: 'دېڭىز چوڭقۇر. ھەممە ئادەم زاتىدىنلا ئەركىن، ئىززەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان. ئۇلار ئەقىلگە ۋە ۋىجدانغا ئىگە.',
  el:
    'Η θάλασσα δεν είναι ποτέ ήσυχη. Πολύ κάτω από την επιφάνεια το φως του ήλιου χάνεται μετά από λίγες εκατοντάδες μέτρα, και το νερό γίνεται μαύρο. ' +
    'Εδώ τα ζώα φτιάχνουν το δικό τους φως. Το χρησιμοποιούν για να κυνηγούν, για να κρύβονται και για να βρίσκουν το ένα το άλλο. ' +
    'Πολλά δεν έχουν όνομα. Το 1977 μια μικρή ομάδα είδε από ένα παράθυρο ζεστό νερό να βγαίνει από τον βυθό. Κανείς δεν το περίμενε.',
  ar:
    'البحر لا يهدأ أبدا. بعيدا تحت السطح يختفي ضوء الشمس بعد بضع مئات من الأمتار، ويتحول لون الماء من الأزرق إلى الأسود. ' +
    'تصنع الحيوانات هنا ضوءها بنفسها. وهي تستخدمه في الصيد والاختباء والعثور على بعضها البعض. كثير منها بلا اسم. لم يتوقع أحد ذلك.',
  he:
    'הים אף פעם אינו שקט. הרחק מתחת לפני המים אור השמש נעלם אחרי כמה מאות מטרים, וצבע המים הופך מכחול לשחור. ' +
    'בעלי החיים כאן יוצרים את האור שלהם בעצמם. הם משתמשים בו כדי לצוד, להסתתר ולמצוא זה את זה. לרבים מהם אין שם. איש לא ציפה לכך.',
  fa:
    'دریا هرگز آرام نیست. در زیر سطح آب نور خورشید پس از چند صد متر ناپدید می‌شود و رنگ آب از آبی به سیاه می‌رسد. ' +
    'جانوران اینجا خودشان نور می‌سازند. آنها از این نور برای شکار و پنهان شدن و پیدا کردن یکدیگر استفاده می‌کنند. بسیاری نام ندارند. هیچ کس انتظار آن را نداشت.',
  hi:
    'समुद्र कभी शांत नहीं रहता। सतह से बहुत नीचे सूरज की रोशनी कुछ सौ मीटर के बाद खो जाती है, और पानी नीले से काला हो जाता है। ' +
    'यहाँ के जीव अपना प्रकाश खुद बनाते हैं। वे इसका उपयोग शिकार करने, छिपने और एक दूसरे को खोजने के लिए करते हैं। बहुतों का कोई नाम नहीं है। किसी ने ऐसा नहीं सोचा था।',
  bn:
    'সমুদ্র কখনও শান্ত থাকে না। জলের অনেক নিচে কয়েকশো মিটার পরে সূর্যের আলো হারিয়ে যায়, আর জল নীল থেকে কালো হয়ে যায়। ' +
    'এখানে প্রাণীরা নিজেরাই আলো তৈরি করে। তারা শিকার করতে, লুকাতে এবং একে অপরকে খুঁজতে এই আলো ব্যবহার করে। অনেকের নাম নেই। কেউ এটা ভাবেনি।',
  ta: 'மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர். அவர்கள் மதிப்பிலும் உரிமைகளிலும் சமமானவர்கள், அவர்கள் நியாயத்தையும் மனச்சாட்சியையும் இயற்பண்பாகப் பெற்றவர்கள். கடல் ஆழமானது.',
  te: 'మానవులందరూ స్వేచ్ఛగా జన్మించారు. గౌరవంలోనూ హక్కులలోనూ వారందరూ సమానులు, వారు ఒకరితో ఒకరు సోదరభావంతో మెలగాలి. సముద్రం లోతైనది.',
  kn: 'ಎಲ್ಲಾ ಮಾನವರೂ ಸ್ವತಂತ್ರರಾಗಿಯೇ ಜನಿಸಿದ್ದಾರೆ. ಘನತೆ ಮತ್ತು ಹಕ್ಕುಗಳಲ್ಲಿ ಸಮಾನರಾಗಿದ್ದಾರೆ, ಅವರು ಪರಸ್ಪರ ಸಹೋದರ ಭಾವದಿಂದ ವರ್ತಿಸಬೇಕು. ಸಮುದ್ರ ಆಳವಾಗಿದೆ.',
  ml: 'മനുഷ്യരെല്ലാവരും സ്വാതന്ത്ര്യത്തോടുകൂടി ജനിച്ചിട്ടുള്ളവരാണ്. അന്യോന്യം ഭ്രാതൃഭാവത്തോടെ പെരുമാറുവാനാണ് മനുഷ്യന് വിവേകബുദ്ധിയും മനസ്സാക്ഷിയും സിദ്ധമായിരിക്കുന്നത്. കടൽ ആഴമുള്ളതാണ്.',
  gu: 'સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે. તેમનામાં વિચારશક્તિ અને અંતઃકરણ હોય છે અને તેમણે પરસ્પર બંધુત્વની ભાવનાથી વર્તવું જોઈએ. સમુદ્ર ઊંડો છે.',
  pa: 'ਸਾਰੇ ਮਨੁੱਖ ਜਨਮ ਤੋਂ ਹੀ ਆਜ਼ਾਦ ਹਨ। ਉਹ ਮਾਣ ਅਤੇ ਹੱਕਾਂ ਵਿੱਚ ਬਰਾਬਰ ਹਨ ਅਤੇ ਉਹਨਾਂ ਨੂੰ ਇੱਕ ਦੂਜੇ ਨਾਲ ਭਰਾਵਾਂ ਵਾਂਗ ਰਹਿਣਾ ਚਾਹੀਦਾ ਹੈ। ਸਮੁੰਦਰ ਡੂੰਘਾ ਹੈ।',
  si: 'සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති, ඔවුන් එකිනෙකාට සහෝදරත්වයෙන් සැලකිය යුතුය. මුහුද ගැඹුරුයි.',
  ka: 'ყველა ადამიანი იბადება თავისუფალი. მათ მინიჭებული აქვთ გონება და სინდისი და ერთმანეთის მიმართ უნდა იქცეოდნენ ძმობის სულისკვეთებით. ზღვა ღრმაა.',
  hy: 'Բոլոր մարդիկ ծնվում են ազատ։ Նրանք ունեն բանականություն ու խիղճ և միմյանց պետք է եղբայրաբար վերաբերվեն իրենց ամբողջ կյանքում։ Ծովը խորն է։',
  am: 'የሰው ልጅ ሁሉ ሲወለድ ነጻ ነው። የተፈጥሮ ማስተዋልና ሕሊና ስላለው አንዱ ሌላውን በወንድማማችነት መንፈስ መመልከት ይገባዋል። ባሕሩ ጥልቅ ነው።',
  id:
    'Laut tidak pernah diam. Jauh di bawah permukaan, cahaya matahari hilang setelah beberapa ratus meter, dan air berubah dari biru menjadi hitam. ' +
    'Hewan di sini membuat cahaya sendiri. Mereka memakainya untuk berburu, bersembunyi, dan saling menemukan. ' +
    'Banyak yang tidak punya nama. Pada tahun 1977 sebuah tim kecil melihat air panas keluar dari dasar laut. Tidak ada yang menduganya.',
  vi:
    'Biển không bao giờ yên lặng. Ở sâu dưới mặt nước, ánh sáng mặt trời biến mất sau vài trăm mét, và nước chuyển từ màu xanh sang màu đen. ' +
    'Động vật ở đây tự tạo ra ánh sáng. Chúng dùng ánh sáng để săn mồi, để ẩn nấp và để tìm thấy nhau. ' +
    'Nhiều loài chưa có tên. Năm 1977, một nhóm nhỏ nhìn qua cửa sổ và thấy nước nóng phun lên từ đáy. Không ai ngờ điều đó.',
  ko:
    '바다는 결코 조용하지 않습니다. 수면 아래 깊은 곳에서는 몇백 미터만 내려가도 햇빛이 사라지고, 물은 파란색에서 검은색으로 변합니다. ' +
    '이곳의 동물들은 스스로 빛을 만듭니다. 그 빛으로 사냥하고, 몸을 숨기고, 서로를 찾습니다. ' +
    '이름이 없는 동물도 많습니다. 1977년에 작은 탐사대가 창밖으로 바닥에서 솟아오르는 뜨거운 물을 보았습니다. 아무도 예상하지 못했습니다.',
  ja:
    '海は決して静かではありません。水面のはるか下では、数百メートルで太陽の光が消え、水は青から黒に変わります。' +
    'ここの動物は自分で光を作ります。狩りをするため、身を隠すため、そして暗闇の中で互いを見つけるために使います。' +
    '名前のないものもたくさんいます。1977年に、小さなチームが窓から、海の底から湧き出る熱い水を見ました。誰も予想していませんでした。',
  zh:
    '大海从来不会安静。在水面以下很深的地方，阳光在几百米之内就消失了，海水从蓝色变成黑色。' +
    '这里的动物自己发光。它们用光来捕食，用光来躲藏，也用光在黑暗中寻找彼此。' +
    '很多动物还没有名字。1977年，一个小队从窗口看见热水从海底涌出来，周围长满了生命。谁也没有想到。',
};
