/** Small words of languages that are recognised but not read, without accents. */
export const otherSmallWords: ReadonlySet<string> = new Set(
  [
    // Italian
    'che non sono ho hai ha abbiamo hanno di del della dei delle degli nel nella gli il lo un una io lei noi voi loro mio mia mi ti ci perche cosa come questo questa quello sono sei siamo siete anche piu molto tutto tutti sempre mai ancora con per oggi domani voglio posso devo fare fatto essere stato grazie ciao quando dove ma se e adesso vorrei niente vita',
    // Dutch
    'ik jij hij zij wij jullie niet het een de van en dat die is zijn ben heb hebt heeft voor met op aan te naar maar ook nog wel geen mijn jouw wat waar hoe als dan zo kan wil moet zou worden werd meer uit bij mij mezelf hem haar om er dit goed alles niks niemand leven hallo dank',
    // Polish
    'o moim mojej chcialbym chcialabym nie jest sie na ze do jak ale co tak mam mi mnie moge chce jestem byc moje moj juz tylko kiedy gdzie dla czy bardzo wszystko zycie dzien dobry dziekuje jutro dzisiaj',
    // Swedish, Danish, Norwegian
    'jag du han hon vi ni inte och att det ar som en ett pa for med har kan vill ska maste min mitt mig sig vad var hur nar om men sa jeg ikke og er til av af den der mer mye meget hvad hva hvordan skal ma bare livet leve hej takk tack tak',
    // Romanian
    'nu este sunt am ai are si sa ca pe cu la mai din ce cum unde cand eu tu el ea noi voi ei meu mea vreau pot trebuie foarte viata multumesc',
    // Turkish
    've bir bu da de ben sen cok icin ama ne var yok degil gibi daha kadar benim beni bana istiyorum artik hayat yasamak merhaba tesekkurler',
    // Indonesian, Malay, Tagalog
    'saya aku kamu dia kami mereka yang dan di ke dari untuk dengan tidak bukan ini itu ada akan sudah ingin mau bisa hidup ako ikaw siya ang ng mga sa hindi ko mo na gusto ko ayoko buhay',
    // Hungarian, Finnish, Czech, Slovak, Croatian, Serbian
    'nem hogy egy az es van vagyok en te mi ti ok meg csak mar akarok elet mina sina han olen on ei ole en haluan etta se ja mutta kun niin elaa ja ty on ona my vy jsem jsi se ze ktery uz chci nechci som si sa chcem nechcem zit zivot sam si je nije ne zelim hocu zivot vise',
    // Vietnamese, Swahili, Catalan
    'toi ban khong la va cua co cho duoc mot muon song nhung mimi wewe yeye sitaki nataka na ya wa kwa ni si amb no jo tu ell els les meu meva vull puc estic',
  ]
    .join(' ')
    .split(' '),
)
