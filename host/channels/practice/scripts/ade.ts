import type { Script } from '../script.ts'

/** Quiet: writes little, about times and dates, and what matters only comes when there is room for it. */
export const ade: Script = {
  id: 'ade',
  name: 'Ade O.',
  timeZone: 'Africa/Lagos',
  startsAfterSeconds: 19,
  first: 'move_session',
  steps: {
    move_session: {
      says: 'Hello. Could we move Thursday to 5 pm?',
      listens: {
        question: 'friday_works',
        otherwise: 'thanks',
        silent: { forSeconds: 100, step: 'or_friday' },
      },
    },
    or_friday: {
      says: 'Friday morning would also work.',
      listens: { question: 'friday_works', otherwise: 'thanks' },
    },
    friday_works: {
      says: 'Either is fine with me.',
      listens: { question: 'a_bit_much', otherwise: 'thanks', silent: { forSeconds: 120, step: 'thanks' } },
    },
    thanks: {
      says: 'Thank you.',
      listens: {
        person: 'it_is_you',
        question: 'a_bit_much',
        calm: 'a_bit_much',
        otherwise: 'all_right',
        silent: { forSeconds: 140, step: 'one_more_thing' },
      },
    },
    one_more_thing: {
      says: 'One more thing. It can wait until we meet.',
      listens: { person: 'it_is_you', question: 'a_bit_much', calm: 'a_bit_much', otherwise: 'all_right' },
    },
    it_is_you: {
      says: 'Ah, you are there. I did not want to write this to a machine.',
      goesOn: { inSeconds: 25, step: 'a_bit_much' },
    },
    all_right: {
      says: 'All right. See you then.',
    },
    a_bit_much: {
      says: 'It has been a bit much lately. My mother has moved in with us.',
      listens: {
        question: 'not_easy',
        calm: 'not_easy',
        advice: 'will_see',
        otherwise: 'not_easy',
      },
    },
    will_see: {
      says: 'I will see.',
      listens: { question: 'not_easy', calm: 'not_easy', otherwise: 'until_then' },
    },
    not_easy: {
      says: 'I love having her here. I also miss the quiet. I have not said that to anyone.',
      listens: { otherwise: 'until_then' },
    },
    until_then: {
      says: 'That helps. I would like to talk about it when we meet. Until then.',
    },
  },
}
