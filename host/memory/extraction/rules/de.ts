import { type Rule, type RuleSet, starting } from './rule.ts'

const says = starting(
  'und|aber|also|ok|okay|ja|nein|na ja|naja|gut|hallo|hey|ehrlich gesagt|eigentlich|heute|morgen|gestern|diese woche|am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|endlich|versprochen',
)
const what = '(?<what>.+)'
const noPlan =
  /(?:sagen|fragen|danken|bedanken|sterben|umbringen|toten|verschwinden|wissen|horen|melden|sein)(?: kann| darf)?$|^(?:dir|ihnen) (?:sagen|danken)|^(?:nicht|nie|kein)/u
const past =
  '(?:bestanden|geschafft|beendet|gewonnen|abgeschlossen|fertig geschrieben|hinbekommen|gekundigt|erreicht|durchgehalten)'

const rules: readonly Rule[] = [
  {
    kind: 'avoid',
    pattern: says(`(?:bitte )?(?:sprich|rede|frag) (?:mich )?(?:bitte )?nicht (?:mehr )?(?:uber|nach|von) ${what}`),
  },
  { kind: 'avoid', pattern: says('ich (?:mochte|will) nicht (?:mehr )?(?:uber|von) (?<what>.+?) (?:reden|sprechen)') },
  {
    kind: 'preference',
    pattern: says("(?:bitte )?nenn(?:e|en sie)? mich (?:bitte )?nicht (?:mehr )?(?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says("(?:bitte )?nenn(?:e|en sie)? mich (?:bitte |einfach )*(?!nicht\\b)(?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'use' }),
  },
  {
    kind: 'preference',
    pattern: says(
      '(?:mir passt es |ich mag es |ich schreibe )?(?:(?:am )?(?<part>morgens?|vormittags?|nachmittags?|abends?)) (?:ist |passt |geht )?(?:es )?(?:mir )?(?:am besten|lieber)',
    ),
    keepsClause: true,
    preference: ({ part = '' }) => ({
      category: 'timing',
      key: 'part_of_day',
      value: /^(?:morgen|vormittag)/u.test(part) ? 'morning' : part.startsWith('nachmittag') ? 'afternoon' : 'evening',
    }),
  },
  { kind: 'goal', stance: 'retracts', pattern: says(`ich (?:will|mochte) nicht mehr ${what}`), refuses: noPlan },
  {
    kind: 'goal',
    pattern: says(`ich (?:will|mochte|wurde gerne?) (?:wirklich |unbedingt |gerne? |endlich )*${what}`),
    refuses: noPlan,
  },
  {
    kind: 'goal',
    pattern: says(`mein (?:grosses |großes )?(?:ziel|traum|plan|wunsch) ist (?:es,? )?${what}`),
    readsOn: true,
  },
  { kind: 'commitment', pattern: says(`ich werde (?:bestimmt |auf jeden fall )?${what}`), refuses: noPlan },
  {
    kind: 'commitment',
    pattern: says(
      'ich (?<what>(?:rufe|schreibe|gehe|spreche|mache|schicke|treffe|beginne|fange|melde|kaufe|lese|laufe|koche|raume)\\b.+)',
    ),
    needsFuture: true,
  },
  {
    kind: 'commitment',
    pattern: says(`(?:morgen|heute abend) (?<what>(?:rufe|schreibe|gehe|spreche|mache|schicke|treffe) ich .+)`),
  },
  {
    kind: 'victory',
    pattern: says(`(?:ich habe (?:es |heute |gestern |endlich )*(?<what>.*${past})|geschafft$)`),
    keepsClause: true,
  },
]

export const german: RuleSet = {
  language: 'de',
  supposes: /^\s*(?:(?:und|aber|oder) )*(?:wenn|falls|vielleicht|stell dir vor|angenommen|ich wunschte|ob|was ware)\b/u,
  reports:
    /\b(?:er|sie|du|man|jemand|alle|(?:mein|meine|sein|seine|ihr|ihre) \p{L}+(?: \p{L}+)?) (?:sagt|sagte|hat gesagt|meint|meinte|glaubt|denkt|fragt|fragte|schrieb|erzahlt|findet|hast gesagt|sagst)\b/u,
  rules,
  relations:
    'ex-mann|ex-frau|exmann|exfrau|frau|mann|partnerin|partner|freundin|freund|schwester|bruder|mutter|vater|mama|papa|tochter|sohn|oma|opa|tante|onkel|cousine|cousin|nichte|neffe|chefin|chef|kollegin|kollege|schwiegermutter|schwiegervater|hund|katze|beste freundin|bester freund',
  relationJoint: '(?:,? (?:die|der) heißt|,)?',
  my: 'mein|meine|meiner|meinem|meinen',
}
