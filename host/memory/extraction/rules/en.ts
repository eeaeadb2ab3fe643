import { life } from './en/life.ts'
import { plans } from './en/plans.ts'
import { wishes } from './en/wishes.ts'
import type { RuleSet } from './rule.ts'

export const english: RuleSet = {
  language: 'en',
  supposes:
    /^\s*(?:(?:and|but|so|well|or|hm+)[,]? )*(?:if|even if|what if|as if|unless|suppose|imagine|assuming|maybe|perhaps|i wish|if only|let's say|say i|in case|i might|i may|i guess|it could be|i don't know|i thought|i wonder)\b|\b(?:according to|as the song|in the (?:film|movie|book|song|series|show|story|dream|game)|the lyrics|i never said|i wouldn't say|i(?:'m| am) not saying)\b/u,
  reports:
    /\b(?:he|she|they|you|everyone|everybody|someone|somebody|people|(?:my|his|her|our|their|the) [\p{L}'-]+(?: [\p{L}'-]+){0,3}?)(?:'s| is| was| are| were)? (?:always |just |often |once |used to |keeps? )*(?:say|says|said|saying|told|tells|thinks?|thought|claims?|claimed|believes?|asked|asks|wrote|writes|swears|goes like|like,|insists?|suggest(?:s|ed)|warned|reckons|figures)\b(?! (?:i|me)? ?(?:at work))/u,
  // The first that fits counts: "I don't want to talk about" is no goal given up.
  rules: [...wishes, ...life, ...plans],
  relations:
    'ex-wife|ex-husband|ex-girlfriend|ex-boyfriend|ex|wife|husband|partner|girlfriend|boyfriend|fiancee?|(?:older |younger |little |big |twin |half-?)?(?:sister|brother)|mother|father|mum|mom|dad|(?:eldest |oldest |youngest |little )?(?:son|daughter)|stepson|stepdaughter|stepmother|stepfather|grandmother|grandfather|grandma|grandpa|aunt|uncle|cousin|niece|nephew|(?:best |close |old |good |childhood )?friend|flatmate|roommate|neighbou?r|boss|manager|colleague|coworker|therapist|doctor|dog|cat|mother-in-law|father-in-law|sister-in-law|brother-in-law',
  relationJoint: "(?:,? (?:is )?(?:called|named)|,|'s name is)?",
  my: 'my|our',
}
