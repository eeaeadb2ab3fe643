import { type Rule, type RuleSet, starting } from './rule.ts'

const says = starting(
  'y|pero|bueno|pues|ok|vale|si|no|hola|oye|la verdad|en realidad|hoy|manana|esta (?:semana|noche|tarde)|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|ayer|por fin|prometo que|te prometo que',
)
const what = '(?<what>.+)'
const noPlan =
  /^(?:decir|decirte|pedir|pedirte|preguntar|preguntarte|agradecer|darte|hablar contigo|saber|morir|matar|desaparecer|hacer(?:me|le)? dano|ser sincer|pensar(?:lo|melo)?\b|ver\b|a\b|al\b)/u

const rules: readonly Rule[] = [
  {
    kind: 'avoid',
    pattern: says(
      `(?:por favor )?(?:no (?:me )?(?:hables|menciones|preguntes)|prefiero no hablar|no quiero hablar|mejor no hablemos) (?:de|del|sobre|por) ${what}`,
    ),
  },
  {
    kind: 'preference',
    pattern: says("(?:por favor )?no me (?:llames|digas) (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says("(?:por favor )?(?:llamame|dime|puedes llamarme) (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'use' }),
  },
  {
    kind: 'preference',
    pattern: says('(?:yo )?prefiero (?:por )?(?:las? |el )?(?<part>mananas?|tardes?|noches?)\\b'),
    keepsClause: true,
    preference: ({ part = '' }) => ({
      category: 'timing',
      key: 'part_of_day',
      value: part.startsWith('manana') ? 'morning' : part.startsWith('tarde') ? 'afternoon' : 'evening',
    }),
  },
  { kind: 'goal', stance: 'retracts', pattern: says(`(?:ya no quiero) ${what}`), refuses: noPlan },
  {
    kind: 'goal',
    pattern: says(
      `(?:yo )?(?:de verdad |realmente )?(?:quiero|quisiera|me gustaria|me encantaria|espero|intento|estoy intentando|trato de|estoy decidid[oa] a) ${what}`,
    ),
    refuses: noPlan,
  },
  { kind: 'goal', pattern: says(`mi (?:gran )?(?:meta|objetivo|sueno|plan) es ${what}`) },
  { kind: 'commitment', pattern: says(`(?:yo )?voy a ${what}`), refuses: noPlan },
  { kind: 'commitment', pattern: says(`me comprometo a ${what}`), refuses: noPlan },
  {
    kind: 'victory',
    pattern: says(
      '(?:(?:ya )?lo (?:logre|consegui)\\b|(?:he )?(?:logre|consegui|logrado|conseguido|aprobe|aprobado|termine|terminado|gane) (?<what>.+))',
    ),
    keepsClause: true,
  },
]

export const spanish: RuleSet = {
  language: 'es',
  supposes: /^\s*(?:(?:y|pero|o) )*(?:si|y si|ojala|quizas?|tal vez|a lo mejor|imagina|supongamos|no se si)\b/u,
  reports:
    /\b(?:el|ella|ellos|ellas|tu|usted|todos|alguien|mi \p{L}+(?: \p{L}+)?|su \p{L}+)? ?(?:me |nos |le )?(?:dijo|dice|dicen|decia|dijeron|dijiste|dices|conto|cree que|piensa que|pregunto|escribio)\b/u,
  rules,
  relations:
    'esposa|esposo|marido|mujer|pareja|novia|novio|hermanas?|hermanos?|hermana|hermano|madre|padre|mama|papa|hija|hijo|abuela|abuelo|tia|tio|prima|primo|mejor amiga|mejor amigo|amiga|amigo|jefa|jefe|companera|companero|suegra|suegro|perra|perro|gata|gato',
  relationJoint: '(?:,? (?:que )?se llama|,)?',
  my: 'mi',
}
