import type { Rule } from '../rule.ts'
import { have, i, noPlan, really, says, what } from './words.ts'

/** What the client wants, means to do, and what stands in the way. */
export const plans: readonly Rule[] = [
  // What stands in the way.
  {
    kind: 'blocker',
    pattern: says(
      `i (?:just |always )?keep (?:on )?(?<what>(?:putting off|avoiding|postponing|procrastinating|delaying|failing|sabotaging|falling back|making excuses)\\b.*)`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(
      `i (?:just |still |simply )*(?:can't|cannot|can not) (?:seem to|bring myself to|get myself to|manage to) ${what}`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(
      `i (?:almost )?(?:never manage to|always (?=give up|quit|end up|fail|chicken out|back out)) ?${what}`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(
      `what(?:'s| is)? (?:really |always )*(?:holds|holding|stops|stopping|keeps|keeping|blocks|blocking) me (?:back )?(?:is|from) ${what}`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(
      `(?:the thing|what's|what is|what gets|what stands) (?:that is |that's )?in (?:the|my) way is ${what}`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(
      `my (?:biggest |main |real |only )*(?:problem|obstacle|blocker|block|issue|challenge) is (?:that )?${what}`,
    ),
  },
  {
    kind: 'blocker',
    pattern: says(`${i} (?:so |really |totally |still |completely )*stuck (?:on|with|at|in) ${what}`),
  },
  {
    kind: 'blocker',
    pattern: says(
      `${i} (?:so |really |still |always |just |too |very )*(?:afraid|scared|terrified|frightened) (?:of|to|that) ${what}`,
    ),
    refuses: /^(?:so|not)$/u,
  },
  {
    kind: 'blocker',
    pattern: says(`i(?:'ve| have)?(?: got)? (?<what>no (?:energy|motivation|discipline|willpower|time)\\b.*)`),
  },
  // Goals, and goals given up.
  {
    kind: 'goal',
    stance: 'retracts',
    pattern: says(`(?:i|we) ${really}(?:don't|do not|no longer) ${really}(?:want|wish) to ${what}`),
    refuses: noPlan,
  },
  {
    kind: 'goal',
    stance: 'retracts',
    pattern: says(`(?:${have} |${i} |i )?(?:given|giving|gave) up on ${what}`),
    refuses: /^(?:me|you|him|her|life)\b/u,
  },
  {
    kind: 'goal',
    pattern: says(`(?:i|we)(?:'d| would)? ${really}(?:want|like|love|wish) to ${what}`),
    refuses: noPlan,
  },
  { kind: 'goal', pattern: says(`what i(?:'d)? ${really}(?:want|like|need) is to ${what}`), refuses: noPlan },
  {
    kind: 'goal',
    pattern: says(
      `(?:my|our|the) (?:main |big |biggest |first |next |new )*(?:goal|aim|dream|target|ambition|plan) (?:for \\w+(?: \\w+)? )?is (?:still |simple: |simply |clear: )*(?:to )?${what}`,
    ),
    refuses: /^(?:not|that|what|the problem|unclear)\b/u,
  },
  {
    kind: 'goal',
    pattern: says(`(?:${i}|we are|we're) ${really}(?:trying|hoping|aiming|planning|determined) to ${what}`),
    refuses: noPlan,
  },
  {
    kind: 'goal',
    pattern: says(`i ${really}(?:need|have) to (?:find a way to|learn (?:how )?to) ${what}`),
    refuses: noPlan,
  },
  // Promises to oneself.
  {
    kind: 'commitment',
    pattern: says(`(?:i'll|i will|i shall) (?:definitely |certainly |also |just |really )*${what}`),
    refuses: noPlan,
  },
  {
    kind: 'commitment',
    pattern: says(
      `${i} (?:definitely |really )*(?:going to|gonna) (?<what>(?!the\\b|an?\\b|my\\b|be\\b|need\\b|bed\\b|work\\b|sleep\\b|cry\\b|lose\\b|fail\\b).+)`,
    ),
    refuses: noPlan,
  },
  { kind: 'commitment', pattern: says(`i (?:commit|pledge|promise) to ${what}`), refuses: noPlan },
  {
    kind: 'commitment',
    pattern: says(
      `${i} (?<what>(?!feeling|trying|hoping|thinking|wondering|having|being|seeing|dreading|looking)\\p{L}+ing\\b.+)`,
    ),
    needsFuture: true,
    refuses: noPlan,
  },
]
