/** How a language names times. Everything without accents and in small letters. */
export interface DateWords {
  readonly weekdays: readonly (readonly string[])[]
  readonly months: readonly (readonly string[])[]
  readonly numbers: readonly string[]
  readonly today: string
  readonly tomorrow: string
  readonly dayAfterTomorrow: string
  readonly yesterday: string
  readonly next: string
  readonly last: string
  readonly thisOne: string
  readonly inPrefix: string
  readonly agoPattern: string
  readonly since: string
  readonly units: { readonly day: string; readonly week: string; readonly month: string; readonly year: string }
  readonly weekend: string
  readonly parts: {
    readonly morning: string
    readonly afternoon: string
    readonly evening: string
    readonly night: string
  }
  readonly nextAfter?: string
  /** The end of a stretch; its group `next` where it is that of the stretch after this one. */
  readonly ends: Readonly<Record<'day' | 'week' | 'month' | 'year', string>>
  /** "Every", before a day or a stretch that comes again and again. */
  readonly every: string
  /** Parts of the day as they stand by themselves behind it. */
  readonly partsAlone: string
}

const list = (words: string): readonly (readonly string[])[] => words.split(' ').map((word) => word.split('|'))

const endInEnglish = (unit: string): string =>
  `(?:(?:by|before|until|till|at) )?(?:the )?(?:very )?end of (?:the |this |(?<next>next ))?${unit}`
const endInSpanish = (unit: string): string =>
  `(?:(?:a|para|antes de|antes del|hasta|al) )?(?:el )?(?:fin|final|finales) (?:de |del )${unit}`
const endInGerman = (unit: string): string => `(?:bis )?(?:zum |am )?ende ${unit}`
const endInFrench = (unit: string): string =>
  `(?:(?:d.ici|avant|jusqu.a|pour|a) )?(?:a )?(?:la )?fin ${unit}(?<next> prochaine?)?`
const endInPortuguese = (unit: string): string =>
  `(?:(?:ate|antes do|para) )?(?:(?:ao|o|no) )?(?:fim|final|fins) ${unit}`

export const dateWords = {
  en: {
    weekdays: list('monday tuesday|tues|tue wednesday thursday|thurs|thu friday|fri saturday sunday'),
    months: list(
      'january|jan february|feb march april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec',
    ),
    numbers: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    today: 'today|tonight|this morning|this afternoon|this evening',
    tomorrow: 'tomorrow|tmrw',
    dayAfterTomorrow: 'the day after tomorrow|day after tomorrow',
    yesterday: 'yesterday|last night',
    next: 'next',
    last: 'last|past',
    thisOne: 'this|this coming|coming|on|by|until|till|before',
    inPrefix: 'in|within',
    agoPattern: '{} ago',
    since: 'since|ever since',
    units: { day: 'days?', week: 'weeks?', month: 'months?', year: 'years?' },
    weekend: 'weekend',
    parts: { morning: 'morning', afternoon: 'afternoon', evening: 'evening', night: 'night' },
    ends: {
      day: '(?:by|before|until|till) (?:the )?end of (?:the |this )?day',
      week: endInEnglish('week'),
      month: endInEnglish('month'),
      year: endInEnglish('year'),
    },
    every: 'every|each',
    partsAlone: 'lunch|lunchtime',
  },
  es: {
    weekdays: list('lunes martes miercoles jueves viernes sabado domingo'),
    months: list('enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre'),
    numbers: ['un|una|uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
    today: 'hoy|esta noche|esta tarde',
    tomorrow: '(?<!la )manana',
    dayAfterTomorrow: 'pasado manana',
    yesterday: 'ayer|anoche',
    next: 'el proximo|la proxima|el siguiente|proximo|proxima',
    last: 'el pasado|la pasada|pasado|pasada',
    thisOne: 'el|este|esta|para el',
    inPrefix: 'en|dentro de',
    agoPattern: 'hace {}',
    since: 'desde',
    units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?', year: 'anos?' },
    weekend: 'fin de semana|finde',
    parts: { morning: 'por la manana', afternoon: 'por la tarde', evening: 'por la noche', night: 'noche' },
    ends: {
      day: '(?:antes de|hasta|para) (?:el |al )?final del dia',
      week: endInSpanish('(?:la |esta )(?<next>proxima )?semana'),
      month: endInSpanish('(?:este )?(?<next>proximo )?mes'),
      year: endInSpanish('(?:este )?(?<next>proximo )?ano'),
    },
    every: 'cada|todos los|todas las|los',
    partsAlone: 'manana|tarde|noche|mediodia',
    nextAfter: 'que viene',
  },
  de: {
    weekdays: list('montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag'),
    months: list('januar|janner februar marz april mai juni juli august september oktober november dezember'),
    numbers: [
      'ein|eine|einem|einer',
      'zwei',
      'drei',
      'vier',
      'funf',
      'sechs',
      'sieben',
      'acht',
      'neun',
      'zehn',
      'elf',
      'zwolf',
    ],
    today: 'heute|heute abend|heute nacht',
    tomorrow: '(?<!am )morgen',
    dayAfterTomorrow: 'ubermorgen',
    yesterday: 'gestern',
    next: 'nachsten|nachste|nachster|nachstes|kommenden|kommende',
    last: 'letzten|letzte|letzter|letztes|vergangenen',
    thisOne: 'am|diesen|diese|bis|an diesem',
    inPrefix: 'in',
    agoPattern: 'vor {}',
    since: 'seit',
    units: { day: 'tag(?:en|e)?', week: 'wochen?', month: 'monat(?:en|e)?', year: 'jahr(?:en|e)?' },
    weekend: 'wochenende',
    parts: { morning: 'fruh|vormittag', afternoon: 'nachmittag', evening: 'abend', night: 'nacht' },
    ends: {
      day: 'bis (?:zum )?ende des tages|bis (?:zum )?tagesende',
      week: endInGerman('(?:der|dieser|(?<next>nachster|kommender|der nachsten|der kommenden)) woche'),
      month: endInGerman('(?:des|dieses|diesen|(?<next>nachsten|kommenden|des nachsten|des kommenden)) monats').concat(
        '|(?:bis )?(?:zum |am )?monatsende',
      ),
      year: endInGerman('(?:des|dieses|diesen|(?<next>nachsten|kommenden|des nachsten|des kommenden)) jahres').concat(
        '|(?:bis )?(?:zum |am )?jahresende',
      ),
    },
    every: 'jede[nsrm]?|alle',
    partsAlone: 'morgen|vormittag|mittag',
  },
  fr: {
    weekdays: list('lundi mardi mercredi jeudi vendredi samedi dimanche'),
    months: list('janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'),
    numbers: ['un|une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
    today: "aujourd'hui|ce soir|ce matin",
    tomorrow: 'demain',
    dayAfterTomorrow: 'apres-demain|apres demain',
    yesterday: 'hier',
    next: 'le prochain|la prochaine|prochain|prochaine',
    last: 'le dernier|la derniere|dernier|derniere',
    thisOne: 'ce|cette|le|avant|jusqu.a',
    inPrefix: 'dans|d.ici',
    agoPattern: 'il y a {}',
    since: 'depuis',
    units: { day: 'jours?', week: 'semaines?', month: 'mois', year: 'ans?|annees?' },
    weekend: 'week-end|weekend',
    parts: { morning: 'matin', afternoon: 'apres-midi', evening: 'soir', night: 'nuit' },
    ends: {
      day: '(?:d.ici|avant|jusqu.a) (?:a )?(?:la )?fin de (?:la |cette )?journee',
      week: endInFrench('(?:de la|de cette) semaine'),
      month: endInFrench('(?:du|de ce) mois'),
      year: endInFrench('(?:de l.|de cette |d.)annee'),
    },
    every: 'chaque|tous les|toutes les',
    partsAlone: 'midi|journee',
    nextAfter: 'prochain|prochaine',
  },
  pt: {
    weekdays: list(
      'segunda-feira|segunda terca-feira|terca quarta-feira|quarta quinta-feira|quinta sexta-feira|sexta sabado domingo',
    ),
    months: list('janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro'),
    numbers: ['um|uma', 'dois|duas', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'],
    today: 'hoje|hoje a noite',
    tomorrow: 'amanha',
    dayAfterTomorrow: 'depois de amanha',
    yesterday: 'ontem',
    next: 'a proxima|o proximo|na proxima|no proximo|proxima|proximo',
    last: 'a ultima|o ultimo|na ultima|no ultimo|ultima|ultimo',
    thisOne: 'na|no|esta|este|ate',
    inPrefix: 'em|dentro de|daqui a',
    agoPattern: 'ha {}',
    since: 'desde',
    units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?', year: 'anos?' },
    weekend: 'fim de semana|fim-de-semana',
    parts: { morning: 'de manha', afternoon: 'a tarde', evening: 'a noite', night: 'noite' },
    ends: {
      day: 'ate (?:ao |o )?(?:fim|final) do dia',
      week: endInPortuguese('(?:da|desta) (?<next>proxima )?semana'),
      month: endInPortuguese('(?:do|deste|de) (?<next>proximo )?mes'),
      year: endInPortuguese('(?:do|deste|de) (?<next>proximo )?ano'),
    },
    every: 'cada|tod[oa]s [oa]s|tod[oa]',
    partsAlone: 'manha|tarde|noite',
    nextAfter: 'que vem',
  },
} as const satisfies Record<string, DateWords>

export type DateLanguage = keyof typeof dateWords

const weekdayNames: ReadonlySet<string> = new Set(Object.values(dateWords).flatMap(({ weekdays }) => weekdays.flat()))

/** Whether a folded word is a day of the week in any of the languages, or several such days. */
export const isWeekday = (word: string): boolean => weekdayNames.has(word) || weekdayNames.has(word.replace(/s$/u, ''))
