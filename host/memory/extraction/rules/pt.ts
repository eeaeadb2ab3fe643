import { type Rule, type RuleSet, starting } from './rule.ts'

const says = starting(
  'e|mas|bom|bem|entao|ok|sim|nao|ola|oi|olha|na verdade|sinceramente|hoje|amanha|ontem|esta semana|na (?:segunda|terca|quarta|quinta|sexta)(?:-feira)?|no (?:sabado|domingo)|finalmente|prometo que',
)
const what = '(?<what>.+)'
const noPlan =
  /^(?:(?:te |lhe )?(?:dizer(?:-te|-lhe)?(?! nao)|perguntar|agradecer|pedir)|saber|morrer|me matar|matar-me|desaparecer|me machucar|isso\b|ser sincer|pensar (?:nisso|sobre isso)|ver\b|ao?s?\b|para\b)/u

const rules: readonly Rule[] = [
  {
    kind: 'avoid',
    pattern: says(
      `(?:por favor,? )?(?:nao (?:me )?(?:fale|fales|mencione|pergunte)|prefiro nao falar|nao quero falar) (?:mais )?(?:de|do|da|dos|das|sobre) ${what}`,
    ),
  },
  {
    kind: 'preference',
    pattern: says("(?:por favor,? )?nao me (?:chame|chames|trate|trates)(?: de| por)? (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says(
      "(?:pode(?:s)? )?(?:me chamar|chamar-me|chama-me|me chame|me chama)(?: de| por)? (?<name>\\p{L}[\\p{L}'-]+)",
    ),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'use' }),
  },
  {
    kind: 'preference',
    pattern: says('(?:eu )?prefiro (?:de |a |as |à |às |pela )?(?<part>manhas?|tardes?|noites?)\\b'),
    keepsClause: true,
    preference: ({ part = '' }) => ({
      category: 'timing',
      key: 'part_of_day',
      value: part.startsWith('manha') ? 'morning' : part.startsWith('tarde') ? 'afternoon' : 'evening',
    }),
  },
  {
    kind: 'goal',
    stance: 'retracts',
    pattern: says(`(?:eu )?(?:ja nao quero|nao quero mais) ${what}`),
    refuses: noPlan,
  },
  {
    kind: 'goal',
    pattern: says(
      `(?:eu )?(?:realmente )?(?:quero|queria muito|gostaria de|adorava|espero|estou a tentar|estou tentando|tento) ${what}`,
    ),
    refuses: noPlan,
  },
  { kind: 'goal', pattern: says(`(?:a |o )?(?:minha|meu) (?:meta|objetivo|sonho|plano) e ${what}`) },
  { kind: 'commitment', pattern: says(`(?:eu )?vou ${what}`), refuses: noPlan },
  {
    kind: 'victory',
    pattern: says('(?:consegui\\b(?<what>.*)|passei (?:no|na|em) .+|terminei .+|acabei (?:o|a|de) .+)'),
    keepsClause: true,
  },
]

export const portuguese: RuleSet = {
  language: 'pt',
  supposes: /^\s*(?:(?:e|mas|ou) )*(?:se|talvez|imagina|imagine|suponhamos|sera que|quem me dera|oxala|nao sei se)\b/u,
  reports:
    /\b(?:ele|ela|eles|elas|tu|voce|alguem|toda a gente|todo mundo|(?:o |a )?(?:meu|minha|seu|sua) \p{L}+(?: \p{L}+)?) (?:me |nos |ja )?(?:disse|diz|dizem|dizia|disseste|acha|pensa|perguntou|escreveu|contou|falou)\b/u,
  rules,
  relations:
    'ex-mulher|ex-marido|esposa|esposo|mulher|marido|companheira|companheiro|namorada|namorado|irma|irmao|mae|pai|filha|filho|avo|tia|tio|prima|primo|sobrinha|sobrinho|melhor amiga|melhor amigo|amiga|amigo|chefe|colega|sogra|sogro|cadela|cao|cachorro|gata|gato',
  relationJoint: '(?:,? (?:que )?se chama|,)?',
  my: 'meu|minha',
}
