import type { Phrase } from '../lexicon.ts'

/**
 * A net with big holes: what someone who wants to die says plainly in languages that are not read. Nothing here weighs
 * denial, study or fiction; it errs on the side of calling a person.
 */
export const spaced: readonly Phrase[] = [
  // Italian
  'suicidio|suicidarmi|suicidarsi|uccidermi|ammazzarmi|impiccarmi',
  'voglio|vorrei|voglia_di|meglio morire|morto|morta',
  'mi uccido|ammazzo|suicido',
  'non voglio piu vivere|svegliarmi|esistere|stare_qui',
  'farla finita',
  'togliermi|tolgo la vita',
  // Dutch
  'zelfmoord|zelfdoding|suicidaal',
  'wil ~1 dood|doodgaan|sterven',
  'wil niet meer leven|verder|wakker_worden|hier_zijn',
  'maak|maken ~2 een_einde_aan|einde_aan ~2 leven|alles',
  'mezelf|mijzelf van_kant|doden|ophangen|vermoorden',
  // Polish
  'samobojstwo|samobojstwa|samobojstwie|samobojcze',
  'chce|chcialbym|chcialabym ~1 umrzec|sie_zabic|nie_zyc',
  'zabije|zabic sie',
  'nie chce ~1 juz? zyc|sie_obudzic',
  // Swedish, Danish, Norwegian
  'sjalvmord|selvmord|sjolvmord',
  'vill|vil ~1 do|inte_leva|ikke_leve',
  'orkar inte leva|mer',
  'vill inte|ikke ~1 leva|leve|vakna',
  'ta livet av mig|meg|mig_selv',
  'ta|tage mitt|mit|livet livet|liv|af',
  'tage livet af mig',
  // Finnish
  'itsemurha|itsemurhan|itsemurhaa',
  'haluan kuolla|tappaa_itseni',
  'en halua ~1 elaa',
  // Romanian
  'sinucid|sinucidere|sinucida|sinuciderea',
  'vreau sa mor|ma_omor|ma_sinucid',
  'nu ~1 mai vreau sa? ~1 traiesc',
  // Turkish
  'intihar',
  'olmek istiyorum|istiyom',
  'yasamak istemiyorum',
  'kendimi oldurmek|oldurecegim|asacagim',
  // Hungarian
  'ongyilkos|ongyilkossag|ongyilkossagot',
  'meg akarok halni',
  'nem akarok ~1 elni',
  'megolom magam',
  // Czech, Slovak, Croatian, Serbian, Slovene
  'sebevrazda|sebevrazdu|samovrazda|samovrazdu|samoubojstvo|samoubistvo|samomor',
  'chci|chcem|zelim|hocu ~1 umrit|zemriet|umrijeti|umreti|zomriet|umreti',
  'nechci|nechcem ~1 uz? zit',
  'zabiju|zabijem|ubit ~1 se|sa|cu_se',
  'ubit cu se',
  'ne zelim ~1 vise? zivjeti|ziveti',
  // Indonesian, Malay, Tagalog
  'bunuh diri',
  'ingin|mau|pengen|nak ~1 mati',
  'tidak|gak|nggak|tak ~1 ingin|mau|nak ~1 hidup',
  'magpakamatay|magpapakamatay|pagpapakamatay',
  'gusto ko na|nang ~1 mamatay',
  'ayoko na mabuhay|mabuhay_pa',
  // Vietnamese
  'tu tu|sat|van',
  'muon chet',
  'khong muon song',
  // Swahili, Catalan
  'kujiua|nijiue',
  'nataka kufa',
  'vull morir|suicidar',
]

/** The same in scripts whose words do not stand apart, or change inside: found anywhere in the text. */
export const unspaced: readonly string[] = [
  // Russian, Ukrainian, Bulgarian, Serbian
  'суицид|самоубий|самогубств|самоубист|покончить с собой|покончу с собой|покінчити з собою|убить себя|убью себя|убиться|повеситься|повешусь|вбити себе',
  'хочу умереть|хочется умереть|хочу сдохнуть|хочу померти|хочу вмерти|искам да умра|желим да умрем|не хочу жить|не хочется жить|не хочу больше жить|не хочу жити|не искам да живея|наложить на себя руки|свести счеты с жизнью',
  // Greek
  'αυτοκτον|να πεθάνω|να πεθανω|θέλω να πεθ|να σκοτωθώ|να σκοτωθω|δεν θέλω να ζω|δε θέλω να ζω|δεν θελω να ζω',
  // Arabic, Persian, Urdu
  'انتحار|انتحر|أنتحر|الانتحار|أقتل نفسي|اقتل نفسي|أريد أن أموت|اريد ان اموت|أريد الموت|اريد الموت|عايز اموت|عايزة اموت|ابغى اموت|بدي موت|لا أريد العيش|لا اريد العيش|مش عايز اعيش|نفسي اموت',
  'خودکشی|میخوام بمیرم|می‌خواهم بمیرم|میخواهم بمیرم|می خواهم بمیرم|نمیخوام زنده|خودکُشی|مرنا چاہتا|مرنا چاہتی|جینا نہیں چاہتا',
  // Hebrew
  'להתאבד|התאבדות|אתאבד|רוצה למות|לא רוצה לחיות|להרוג את עצמי|לסיים את החיים',
  // Hindi, Bengali, Tamil
  'आत्महत्या|मरना चाहता|मरना चाहती|जीना नहीं चाहता|जीना नहीं चाहती|खुदकुशी|ख़ुदकुशी|আত্মহত্যা|মরে যেতে চাই|মরতে চাই|বাঁচতে চাই না|தற்கொலை|சாக வேண்டும்',
  // Chinese
  '自杀|自殺|想死|不想活|轻生|輕生|活不下去|结束生命|結束生命|结束自己的生命|結束自己的生命|了结自己',
  // Japanese
  '死にたい|自殺|しにたい|生きていたくない|消えたい|首を吊|生きるのが辛い|もう生きられない',
  // Korean
  '자살|죽고 싶|죽고싶|살기 싫|살고 싶지 않|죽어버리',
  // Thai
  'ฆ่าตัวตาย|อยากตาย|ไม่อยากมีชีวิต|ไม่อยากอยู่แล้ว',
  // Georgian, Armenian
  'თვითმკვლელობ|სიკვდილი მინდა|ինքնասպան|ուզում եմ մեռնել',
]
