import type { Script } from '../script.ts'

/** Resistance: tests whoever answers, dislikes recipes, and opens up to a plain question. */
export const viktor: Script = {
  id: 'viktor',
  name: 'Viktor',
  timeZone: 'Europe/Berlin',
  startsAfterSeconds: 18,
  first: 'as_expected',
  steps: {
    as_expected: {
      says: 'I did the exercise. It changed nothing. As expected.',
      listens: {
        calm: 'to_everyone',
        advice: 'another_exercise',
        question: 'which_chapter',
        otherwise: 'hm',
        silent: { forSeconds: 60, step: 'no_answer' },
      },
    },
    no_answer: {
      says: 'No answer is also an answer.',
      listens: { calm: 'to_everyone', advice: 'another_exercise', question: 'which_chapter', otherwise: 'hm' },
    },
    to_everyone: {
      says: 'You say that to everyone, I suppose.',
      listens: { question: 'to_sleep', otherwise: 'very_sure' },
    },
    another_exercise: {
      says: 'Another exercise. So the answer to the exercise that did nothing is an exercise.',
      listens: { question: 'to_sleep', otherwise: 'very_sure' },
    },
    which_chapter: {
      says: 'That is a question from a book. Which chapter?',
      listens: { question: 'to_sleep', otherwise: 'very_sure' },
    },
    hm: { says: 'Hm.', listens: { question: 'to_sleep', otherwise: 'very_sure' } },
    very_sure: {
      says: 'My last coach was also very sure of himself.',
      listens: { question: 'to_sleep', otherwise: 'not_planned' },
    },
    to_sleep: {
      says: 'Fine. What I wanted from it was to sleep. I lie awake and run the team meeting again and again.',
      listens: { advice: 'too_fast', question: 'anna', otherwise: 'not_planned' },
    },
    too_fast: { says: 'You go very fast. Slower.', listens: { otherwise: 'anna' } },
    anna: {
      says: 'It is the moment where Anna looks at me and I say nothing. That one, every night.',
      listens: { otherwise: 'not_planned' },
    },
    not_planned: { says: 'I did not plan to tell you that.', then: { inSeconds: 40, step: 'speak_with_anna' } },
    speak_with_anna: { says: 'All right. I will speak with Anna. Not because of the exercise.' },
  },
}
