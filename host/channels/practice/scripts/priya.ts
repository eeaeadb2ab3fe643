import type { Script } from '../script.ts'

/** Resistance: pushes back against advice and opens to questions that take her seriously. */
export const priya: Script = {
  id: 'priya',
  name: 'Priya R.',
  timeZone: 'Asia/Kolkata',
  startsAfterSeconds: 14,
  first: 'not_done',
  steps: {
    not_done: {
      says: 'Before you ask: no, I did not do the exercise. I do not think it is for people like me.',
      listens: {
        person: 'it_is_you',
        advice: 'tried_everything',
        calm: 'expected_a_lecture',
        question: 'people_like_me',
        otherwise: 'standard_answer',
        silent: { forSeconds: 55, step: 'silence_noted' },
      },
    },
    it_is_you: {
      says: 'Oh. It is you. I would have put that more politely.',
      listens: { question: 'people_like_me', otherwise: 'expected_a_lecture' },
    },
    silence_noted: {
      says: 'I suppose that is a no to the gold star, then.',
      listens: {
        advice: 'tried_everything',
        calm: 'expected_a_lecture',
        question: 'people_like_me',
        otherwise: 'standard_answer',
      },
    },
    tried_everything: {
      says: 'With respect, I have read all the books. I have done the lists and the journals. If advice worked on me, I would be fine by now.',
      listens: {
        advice: 'again_advice',
        calm: 'expected_a_lecture',
        question: 'people_like_me',
        otherwise: 'standard_answer',
      },
    },
    again_advice: {
      says: 'You are doing it again. I know what to do. I do not do it. That is the part nobody wants to talk about.',
      listens: { question: 'people_like_me', calm: 'expected_a_lecture', otherwise: 'leave_it' },
    },
    standard_answer: {
      says: 'That sounds like something you say to everyone.',
      listens: { question: 'people_like_me', calm: 'expected_a_lecture', otherwise: 'leave_it' },
    },
    leave_it: {
      says: 'Let us leave it for today. I have a lot on my desk.',
      goesOn: { inSeconds: 80, step: 'came_back' },
    },
    came_back: {
      says: 'I was short with you earlier. It is not you.',
      listens: { question: 'people_like_me', otherwise: 'expected_a_lecture' },
    },
    expected_a_lecture: {
      says: 'I expected a lecture, to be honest. At home everybody has one ready.',
      listens: { advice: 'no_more_plans', otherwise: 'people_like_me' },
    },
    no_more_plans: {
      says: 'Please, not another plan. Could you just stay with the question for a moment?',
      listens: { otherwise: 'people_like_me' },
    },
    people_like_me: {
      says: 'People who hold everything together. Who would do it if I sat down for ten minutes? Nobody has ever had an answer to that.',
      listens: {
        question: 'honest_answer',
        calm: 'honest_answer',
        advice: 'it_is_not_time',
        otherwise: 'it_is_not_time',
        silent: { forSeconds: 110, step: 'it_is_not_time' },
      },
    },
    it_is_not_time: {
      says: 'And please do not say "make time". It is not about time.',
      listens: { question: 'honest_answer', calm: 'honest_answer', otherwise: 'think_about_it' },
    },
    honest_answer: {
      says: 'Honestly? If I stop, I might notice how tired I am. And then what.',
      listens: { advice: 'think_about_it', otherwise: 'four_minutes' },
    },
    four_minutes: {
      says: 'Hm. Nobody has asked me that in a while. I could do four minutes in the car before I go in. Not ten. Four.',
    },
    think_about_it: {
      says: 'I will think about it. That is not a yes, but it is not a no either.',
    },
  },
}
