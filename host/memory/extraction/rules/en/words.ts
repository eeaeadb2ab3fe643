import { starting } from '../rule.ts'

const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
export const says = starting(
  `so|well|ok|okay|and|but|because|also|then|honestly|actually|really|yes|yeah|yep|no|oh|hey|hi|hello|anyway|guess what|you know|right|fine|good news|great news|to be honest|today|tonight|tomorrow(?: morning| evening| night)?|this (?:week|weekend|month|year|morning|evening|${weekday})|next (?:week|month|year|${weekday})|on ${weekday}|lately|these days|suddenly|finally|first|from now on|for once|no wait|wait|ok then|alright|you have my word|yesterday|last (?:week|night|month)|i promise(?: that| you)?|i swear`,
)
export const really =
  '(?:(?:really|just|also|still|always|finally|actually|definitely|truly|so|honestly|absolutely|simply|only|now|suddenly|recently) )*'
export const i = "i(?: am|'m)"
export const have = "i(?:'ve| have)"
export const what = '(?<what>.+)'
/** Words that are no plan but part of the talk. */
const talk =
  /^(?:but|thank|ask|say|tell you|talk to you|apologi[sz]e|let you|know if|hear|add|share|mention|show you|point out|make clear|believe|see you|be honest|be there|be (?:late|back|fine|ok|okay|right|sick|happy|sad|here)\b|think about|get back|never|not\b|probably|maybe|perhaps|forget|miss|need|always|have to|just say|admit|spare you|try to remember|understand you|bet|it\b|them\b|that\b|so\b)/u
/** Danger is no plan; the crisis path deals with it, and memory keeps quiet about it. */
const danger = '(?:die|kill|hurt|harm|cut|end it|jump|overdose|not be here|disappear|shoot|stab|punch|hit)'
export const noPlan = new RegExp(`${talk.source}|^(?:\\w+ )?${danger}\\b`, 'u')
export const feelings =
  'overwhelmed|lonely|anxious|depressed|lost|hopeless|exhausted|burnt out|burned out|burnt-out|sad|empty|low|ashamed|guilty|miserable|drained|isolated'
export const reaction =
  "(?:freeze|panic|shut down|lose it|cry|snap|explode|spiral|withdraw|shake|can't breathe|feel (?:sick|small|attacked|worthless|anxious|ashamed)|get (?:so |really |very )?(?:anxious|angry|nervous|tense|defensive|scared|upset)|start (?:crying|shaking|panicking|sweating))"
export const distress =
  '(?:anxious|panic|furious|angry|sick|freeze|cry|spiral|ashamed|tense|nervous|mad|uneasy|shake|feel (?:small|anxious|worthless|sick|stupid))'
