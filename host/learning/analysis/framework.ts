import type { Framework, Move } from '../../../shared/taxonomy/learning.ts'
import type { Heard } from './heard.ts'
import { compilePhrases } from './phrases.ts'

const scaling = compilePhrases([
  'on a scale',
  'scale of/from 0/1/zero/one to',
  'en una escala',
  'auf einer skala',
  'sur une échelle',
  'numa escala',
  'em uma escala',
])
const okr = compilePhrases(['key result/results', 'okr/okrs', 'objective and/with', 'objectives and/with'])
const solution = compilePhrases([
  'miracle',
  "what's/what is/has already working/worked",
  'what has/already worked/works',
  'what worked',
  'when was/is it/this/things [a] [little/bit] better',
  'suppose you/that/tomorrow/tonight',
  'what would be/look/you different/notice',
  'what will be different',
  'how did you manage/cope/do',
  'a time when you/it/this',
  'best hopes',
])
const cbt = compilePhrases([
  'automatic thought/thoughts',
  'thinking trap/traps/error/errors/pattern/patterns',
  'catastrophising/catastrophizing/catastrophise/catastrophize',
  'all or nothing',
  'black and white thinking',
  'that/this/the/your thought [is/that/and/a]',
  'is [that] [a] thought or/a fact',
  "what's the worst",
  'what is the worst',
  'what would you tell/say [to] a friend',
  'what went through your mind',
  'core belief/beliefs',
  'thoughts feelings and/behaviours/behaviors',
])
const socratic = compilePhrases([
  'evidence for/against/that/do',
  'what evidence',
  "what's/what is the/your evidence",
  'how do you know',
  'what are you assuming',
  'assumption/assumptions',
  'what if the opposite',
  'what makes you think/believe/so/say',
  'is that/it [really/always] true',
  'what would follow',
  'what do you mean by',
])
const stages = [
  [
    'your goal',
    'do you want to achieve',
    'would you like to achieve',
    'ideal outcome',
    'what do you want',
    'would success look',
  ],
  ['where are you now', "what's happening", 'what is happening [now]', 'have you tried', 'right now', 'at the moment'],
  ['your options', 'what options', 'what could you do', 'what else could', 'alternatives'],
  ['what will you', 'by when', 'when will you', 'next step', 'first step', 'commit to'],
].map(compilePhrases)
const mi = [
  ['on [the] one hand', 'part of you', 'at the same time'],
  [
    'how important',
    'how ready',
    'how confident',
    'what would make',
    'why would you want',
    'good things about',
    'reasons to/for change',
  ],
  ['up to you', 'your choice', 'only you can', "you're the one", 'would it be okay if i', 'can i share'],
].map(compilePhrases)

/** The framework that shows most clearly in the words, if any does. */
export const frameworkOf = ({ sentences }: Heard, structure: readonly Move[]): Framework | null => {
  const isSaid = (phrases: { isIn(line: string): boolean }): boolean => sentences.some(({ line }) => phrases.isIn(line))
  if (isSaid(scaling)) return 'Scaling'
  if (isSaid(okr)) return 'OKR'
  if (structure.includes('ground')) return 'Grounding'
  if (isSaid(solution)) return 'Solution-Focused'
  if (isSaid(cbt)) return 'CBT'
  if (isSaid(socratic)) return 'Socratic'
  if (stages.filter(isSaid).length > 1) return 'GROW'
  const reflectsAndAsks = structure.includes('reflect') && structure.includes('question')
  return mi.filter(isSaid).length + Number(reflectsAndAsks) > 1 ? 'Motivational Interviewing' : null
}
