import type { Rule } from '../rule.ts'
import { distress, feelings, have, i, reaction, really, says, what } from './words.ts'

/** What the client is like, lives in, understood, managed and finds hard. */
export const life: readonly Rule[] = [
  // What the client is like and lives in.
  {
    kind: 'personality',
    pattern: says(
      `(?:${i}|${have} always been) (?:just |such |quite |rather |definitely |more of )*(?:an? )(?:bit of an? |real |total |born |huge |bit )*(?<what>introvert|extrovert|perfectionist|people.pleaser|overthinker|night owl|early bird|morning person|worrier|planner|procrastinator|control freak|homebody|workaholic|loner|pessimist|optimist|night person)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'personality',
    pattern: says(`${i} the (?:kind|type|sort) of person (?:who|that) ${what}`),
    keepsClause: true,
  },
  {
    kind: 'progress',
    pattern: says(
      `(?:${i}|${have} been) (?:slowly |really |finally |definitely )*(?:getting|feeling|doing|sleeping|eating|coping|working|handling) (?:\\w+ )?(?:much |a lot |so much |a bit |a little |way )?(?:better|stronger|calmer|happier|healthier|easier)\\b(?! if| when| off)`,
    ),
    keepsClause: true,
    valence: 0.5,
  },
  {
    kind: 'context',
    pattern: says('i (?:currently |now )?work (?:as an?|as the|at an?|for an?) (?<what>.+)'),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says(
      `${i} an? (?:\\w+ )?(?<what>(?:teacher|nurse|doctor|engineer|developer|designer|lawyer|accountant|student|manager|writer|artist|chef|cook|driver|carer|consultant|therapist|salesperson|musician|single (?:mum|mom|dad|parent)|freelancer|founder|social worker|pilot|farmer|architect|scientist|journalist|baker|electrician|plumber|police officer|paramedic)\\b.*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says(
      `(?:i|we) (?:just |recently |have |'ve )*(?:live|moved) (?<what>(?:in|to|alone|with|near|back)\\b.+)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says(
      `i(?:'ve| have)? (?:just |recently )*(?:started|got|lost) (?<what>(?:a|my) (?:new )?(?:job|degree|position|business)\\b.*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says("we(?:'re| are) (?<what>(?:expecting|having) (?:a baby|twins|our).*)"),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says(`${i} (?<what>(?:pregnant|married|divorced|single|widowed|retired|unemployed|on sick leave)\\b.*)`),
    keepsClause: true,
  },
  {
    kind: 'context',
    pattern: says('i have (?<what>(?:\\w+ )?(?:kids|children|sons?|daughters?|siblings|brothers|sisters)\\b.*)'),
    keepsClause: true,
  },
  // Insight and progress.
  { kind: 'breakthrough', pattern: says(`i ${really}see now (?:that )?${what}`), readsOn: true },
  {
    kind: 'breakthrough',
    pattern: says(
      `(?:i|i've|i have) ${really}(?:reali[sz]ed?|understood|figured out|discovered|come to (?:reali[sz]e|understand|see|accept)) (?:that |why |how )?(?<what>\\S+ \\S+ .+)`,
    ),
    readsOn: true,
    refuses: /^(?:i (?:don't|didn't) know|you|what you|it was (?:late|time))/u,
  },
  {
    kind: 'breakthrough',
    pattern: says(`it ${really}(?:clicked|hit me|dawned on me)(?: for me)?(?: that|:|,)? ${what}`),
    readsOn: true,
  },
  {
    kind: 'trigger',
    pattern: says(
      `(?:whenever|every time|each time|when) (?<what>(?!i was).{3,120}?),? i (?:always |just |usually |immediately |completely )?${reaction}`,
    ),
    readsOn: true,
    isSensitive: true,
  },
  {
    kind: 'trigger',
    pattern: says(
      `i (?:always |usually |completely )?(?:panic|freeze|shut down|spiral|lose it) (?:when|whenever|every time|if) ${what}`,
    ),
    isSensitive: true,
  },
  {
    kind: 'trigger',
    pattern: says(
      `(?<what>(?!it\\b|that\\b|this\\b|he\\b|she\\b|you\\b|they\\b|nothing|what\\b)[^,]{3,80}?) (?:always |really |still |just |often )?(?:triggers? me|sets? me off|makes? me (?:so |really |very )?${distress})\\b`,
    ),
    isSensitive: true,
  },
  // What went well and what did not.
  { kind: 'victory', pattern: says('(?:i|we) did it\\b'), readsOn: true, keepsClause: true },
  {
    kind: 'victory',
    pattern: says(
      `(?:i|we|i've|i have|we've|we have) ${really}(?<what>(?:finished|completed|managed to|passed|won|achieved|reached my|graduated|got (?:the (?:job|offer|promotion|grant|flat|house|part|place)|promoted|accepted|hired|an offer|in)|signed the|quit smoking|stopped (?:smoking|drinking)|ran (?:\\d+|five|ten|a|my)|saved|paid off|beat my|stayed (?:sober|calm))\\b.*|passed)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'victory',
    pattern: says(
      '(?:i|we) (?:finally|actually) (?<what>(?!want|need|have to|feel|think|reali|understood|see|got (?:sick|angry|bored)|gave up|lost|broke)(?:\\w+ed|did|told|said|got|made|went|wrote|slept|spoke|sent|called|asked|stood|took|bought|left|ran|read|found|had)\\b.*)',
    ),
    keepsClause: true,
  },
  {
    kind: 'victory',
    pattern: says(`${i} (?:so |really |very |quite )*proud (?:that|of|because) ${what}`),
    keepsClause: true,
    refuses: /^(?:you|him|her|them)\b/u,
  },
  {
    kind: 'victory',
    pattern: says(`${have} been (?<what>(?:sober|clean|smoke.free|off (?:alcohol|cigarettes))\\b.*)`),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      `(?:${i}|${have} been) (?:really |still |always |just |again )*struggling (?:with|to|at|since|again) ?(?<what>.*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      "it(?:'s| is| has|'s been| has been| was)? (?:been )?(?:so |really |very |incredibly )*(?:hard|tough|difficult|rough)\\b(?<what>.*)",
    ),
    keepsClause: true,
    refuses: /^ to (?:say|tell|explain|believe)/u,
  },
  {
    kind: 'struggle',
    pattern: says(
      `(?:i feel|i felt|${i} feeling|${have} been feeling|${i}|${have} been) (?:so |really |very |completely |totally |just |still |quite )*(?<what>(?:${feelings})\\b(?! (?:for you|to hear)).*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says('i (?:completely |totally )?(?<what>(?:failed|relapsed|messed up|broke down)\\b.*)'),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      "i (?:just )?(?:can't|cannot|can not) (?<what>(?:sleep|focus|concentrate|cope|stop (?:worrying|crying|drinking|smoking|eating))\\b.*)",
    ),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      `(?:i|${have}) had (?<what>an?(?:other)? (?:panic attack|breakdown|relapse|meltdown|terrible|awful|horrible)\\b.*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      `(?:${i}|${have} been) having (?<what>a (?:hard|tough|rough|bad|difficult) (?:time|week|month|day)\\b.*)`,
    ),
    keepsClause: true,
  },
  {
    kind: 'struggle',
    pattern: says(
      '(?<what>(?:work|life|everything|school|the job|my job|this job) is (?:crushing|killing|destroying|exhausting|wearing|breaking|draining) me\\b.*)',
    ),
    keepsClause: true,
  },
]
