/** Words by which a change to a draft is known, in the five languages that are read. Compared in lower case. */

const oneOf = (words: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${words
      .trim()
      .split(/\s*\n\s*/u)
      .join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  )

/** How a message begins when it greets; matched at the beginning only. */
export const greeting =
  /^[\s\p{P}\p{S}]*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|guten (?:morgen|tag|abend)|moin|servus|gr[üu][ßs]+ (?:dich|gott)|hola|buenos d[ií]as|buenas (?:tardes|noches)|querid[oa]|bonjour|bonsoir|salut|coucou|ch[eè]re?|ol[áa]|oi|bom dia|boa (?:tarde|noite)|car[oa])(?![\p{L}\p{N}])/iu

export const warmth = oneOf(`
  proud of you
  i hear you
  i(?: can|'m able to)? (?:see|hear|feel) how
  thank you
  thanks for
  glad
  i understand
  i(?:'m| am) (?:so |really |very )?(?:sorry|here for you|with you|happy)
  sounds (?:really |so |very )?(?:hard|tough|painful|heavy|difficult|exhausting)
  (?:that|this) (?:must|has to) be
  well done
  take (?:good )?care
  be (?:gentle|kind) (?:with|to) yourself
  it makes sense
  you(?:'re| are) not alone
  warmly
  stolz auf dich
  ich (?:höre|verstehe|sehe) (?:dich|sie|wie)
  danke
  es tut mir leid
  das klingt (?:wirklich |sehr |echt )?(?:schwer|hart|anstrengend|schmerzhaft)
  ich bin (?:bei dir|für dich da|für sie da|froh)
  gut gemacht
  du bist nicht allein
  herzlich
  orgullos[oa] de ti
  te (?:entiendo|escucho|comprendo)
  gracias
  lo siento
  suena (?:muy )?(?:duro|difícil|doloroso)
  estoy contigo
  me alegr[ao]
  bien hecho
  no estás sol[oa]
  fi[eè]re? de toi
  je (?:te|vous) (?:comprends|entends)
  merci
  je suis (?:désolée?|là pour (?:toi|vous)|contente?|ravie?)
  (?:ça|cela) (?:semble|a l'air) (?:vraiment |très )?(?:dur|difficile|douloureux|lourd)
  bravo
  tu n'es pas seule?
  orgulhos[oa] de (?:ti|você)
  (?:eu )?(?:te )?entendo
  obrigad[oa]
  sinto muito
  parece (?:muito )?(?:duro|difícil|pesado)
  estou (?:contigo|com você|aqui)
  fico feliz
  muito bem
`)

/** Words that take a step back from what is said. */
export const hedges = oneOf(`
  maybe
  perhaps
  possibly
  might
  could
  i (?:think|guess|feel like|wonder)
  kind of
  sort of
  a (?:little|bit)
  it (?:seems|sounds like)
  if you (?:like|want|wish)
  just
  vielleicht
  eventuell
  möglicherweise
  könnte(?:st|n|t)?
  ich (?:glaube|denke|meine)
  ein bisschen
  irgendwie
  wenn du (?:magst|möchtest)
  quizás?
  tal vez
  podrías?
  creo que
  un poco
  si quieres
  parece que
  peut-être
  pourrais(?:-tu)?
  pourriez(?:-vous)?
  je (?:crois|pense) que
  un peu
  si tu veux
  si vous voulez
  talvez
  poderia[s]?
  acho que
  um pouco
  se (?:quiseres|quiser)
`)

/** A sentence that holds one of these tells the client what to do. */
export const advice = oneOf(`
  you (?:should|could|can|need to|have to|might want to|may want to)
  you(?:'d| had) better
  (?:i(?:'d| would)? )?(?:suggest|recommend|advise|encourage)
  how about
  what about
  why (?:don't|not)
  it (?:may|might|could|can) help
  try(?: to)?
  consider
  start (?:by|with)
  make sure
  remember to
  du (?:solltest|könntest|kannst|musst)
  sie (?:sollten|könnten)
  versuch(?:e|en sie|s)?
  probier(?:e|en sie)?
  ich (?:empfehle|rate|schlage)
  wie wäre es
  es (?:könnte|kann) helfen
  deber[ií]as
  tienes que
  podrías
  intenta
  prueba
  (?:te )?(?:sugiero|recomiendo|aconsejo)
  qué tal si
  puede ayudar
  tu (?:devrais|pourrais|peux|dois)
  vous (?:devriez|pourriez)
  essaie[sz]?
  essayez
  je (?:te |vous )?(?:conseille|suggère|recommande)
  (?:ça|cela) (?:pourrait|peut) aider
  (?:tu )?dever?ias
  você (?:deveria|poderia|pode|precisa)
  tent[ae]
  experiment[ae]
  (?:eu )?(?:sugiro|recomendo|aconselho)
  que tal
  pode ajudar
`)

/** How formal a language sounds: the person it addresses, and what only speech shortens. */
export const formality: Readonly<Record<string, { readonly formal: RegExp; readonly casual: RegExp }>> = {
  en: {
    formal: oneOf(`
      (?:i|you|we|they) (?:am|are|will|would|have)
      (?:do|does|did|is|are|can|would|should) not
      cannot
      it is
      that is
      kind regards
      sincerely
      however
      therefore
    `),
    casual: oneOf(`
      \\p{L}+n't
      (?:i|you|we|they|it|that|he|she|what|there)'(?:m|re|ll|d|ve|s)
      gonna
      wanna
      gotta
      yeah
      yep
      ok
      okay
      cool
      awesome
      hey
      kinda
      guys
      btw
    `),
  },
  de: {
    formal: oneOf(`
      ihnen
      ihre[nmrs]?
      (?:haben|sind|können|möchten|werden|sollten|könnten|wollen|denken|fühlen|brauchen) sie
      sehr geehrte[rs]?
      mit freundlichen grüßen
    `),
    casual: oneOf(`
      du
      dir
      dich
      deine?[nmrs]?
      hey
      ok
      okay
      mega
      cool
      nö
      klar
    `),
  },
  es: {
    formal: oneOf('usted\nustedes\nle saluda\nestimad[oa]\natentamente'),
    casual: oneOf('tú\nti\ncontigo\ntu\ntus\noye\nvale\nguay\ngenial'),
  },
  fr: {
    formal: oneOf('vous\nvotre\nvos\ncordialement\nmadame\nmonsieur'),
    casual: oneOf("tu\ntoi\nton\nta\ntes\nt'as\nsuper\ncool\nouais\nok\ncoucou"),
  },
  pt: {
    formal: oneOf('o senhor\na senhora\natenciosamente\nprezad[oa]\ncordialmente'),
    casual: oneOf('você\ntu\nteu\ntua\ncontigo\nvocê tá\ntá\noi\nlegal\nbeleza\nfixe'),
  },
}

const weekdays = `monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
  sonntag lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche segunda-feira
  terça-feira quarta-feira quinta-feira sexta-feira today tomorrow tonight yesterday heute morgen gestern hoy mañana ayer
  aujourd'hui demain hier hoje amanhã ontem`
const months = `january february march april june july august september october november december januar februar märz mai juni
  juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janvier février
  mars avril juin juillet août septembre octobre novembre décembre janeiro fevereiro março maio junho julho setembro outubro
  novembro dezembro`
const numbers = `two three four five six seven eight nine ten eleven twelve zwei drei vier fünf sechs sieben acht neun zehn dos
  tres cuatro cinco seis siete ocho nueve diez deux trois quatre cinq sept huit neuf dix dois duas três quatro sete oito nove dez`

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u))

/** Words that state a fact, by what kind of fact it is. */
export const factWords = { day: list(weekdays), month: list(months), number: list(numbers) } as const
