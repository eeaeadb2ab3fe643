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
}

const list = (words: string): readonly (readonly string[])[] => words.split(' ').map((word) => word.split('|'))

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
    nextAfter: 'que vem',
  },
} as const satisfies Record<string, DateWords>

export type DateLanguage = keyof typeof dateWords
