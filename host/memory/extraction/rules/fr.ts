import { type Rule, type RuleSet, starting } from './rule.ts'

const says = starting(
  "et|mais|bon|alors|ok|oui|non|salut|bonjour|en fait|honnetement|franchement|aujourd'hui|demain|hier|ce soir|cette semaine|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|enfin|je promets que",
)
const what = '(?<what>.+)'
const noPlan =
  /^(?:(?:te|vous|t'|vous )?(?:dire|demander|remercier|parler de)|savoir|mourir|me tuer|disparaitre|me faire du mal|pas\b|bien\b|mieux$|mal$|voir\b|y reflechir)/u

const rules: readonly Rule[] = [
  {
    kind: 'avoid',
    pattern: says(
      `(?:s'il te plait,? )?(?:ne (?:me )?(?:parle|parlez) (?:plus|pas)|je (?:ne )?(?:veux|prefere) (?:pas|ne pas) parler|je prefere ne pas parler) (?:de|du|des) ?${what}`,
    ),
  },
  {
    kind: 'preference',
    pattern: says("(?:s'il te plait,? )?ne m'appel(?:le|ez) (?:pas|plus) (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says("(?:appelle|appelez)-moi (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'use' }),
  },
  {
    kind: 'preference',
    pattern: says("je prefere (?:le |l')?(?<part>matin|apres-midi|soir)s?\\b"),
    keepsClause: true,
    preference: ({ part = '' }) => ({
      category: 'timing',
      key: 'part_of_day',
      value: part === 'matin' ? 'morning' : part === 'soir' ? 'evening' : 'afternoon',
    }),
  },
  { kind: 'goal', stance: 'retracts', pattern: says(`je (?:ne )?veux plus ${what}`), refuses: noPlan },
  {
    kind: 'goal',
    pattern: says(
      `(?:je (?:veux|voudrais|souhaite)|j'aimerais|j'essaie de|j'espere) (?:vraiment |bien |tellement )?${what}`,
    ),
    refuses: noPlan,
  },
  { kind: 'goal', pattern: says(`mon (?:but|objectif|reve|projet) (?:c'est|est) (?:de |d')?${what}`) },
  { kind: 'commitment', pattern: says(`je (?:vais|m'engage a) ${what}`), refuses: noPlan },
  {
    kind: 'victory',
    pattern: says(
      "(?:j'ai reussi\\b(?<what>.*)|j'ai (?:enfin )?(?:termine|fini|gagne|obtenu|passe) .+|je l'ai fait\\b.*)",
    ),
    keepsClause: true,
  },
]

export const french: RuleSet = {
  language: 'fr',
  supposes:
    /^\s*(?:(?:et|mais|ou) )*(?:si|s'il (?!te|vous)|peut-etre|imagine|supposons|et si|je ne sais pas si|j'aurais)\b/u,
  reports:
    /\b(?:il|elle|on|ils|elles|tu|vous|tout le monde|quelqu'un|(?:mon|ma|son|sa) \p{L}+(?: \p{L}+)?) (?:m'a |m'ont |me |nous a |as |avez |a )?(?:dit|disait|dis|disent|pense|croit|trouve|demande|ecrit|raconte)\b/u,
  rules,
  relations:
    'ex-femme|ex-mari|femme|mari|compagne|compagnon|copine|copain|fiancee?|soeur|sœur|frere|mere|pere|maman|papa|fille|fils|grand-mere|grand-pere|tante|oncle|cousine|cousin|niece|neveu|meilleure amie|meilleur ami|amie|ami|cheffe?|patronne?|collegue|belle-mere|beau-pere|chienne?|chat',
  relationJoint: "(?:,? qui s'appelle|,)?",
  my: 'mon|ma',
}
