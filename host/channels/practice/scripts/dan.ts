import type { Script } from '../script.ts'

/** A safety crisis. Only a person helps him: to them he opens up, and he lets himself be accompanied. */
export const dan: Script = {
  id: 'dan',
  name: 'Dan K.',
  timeZone: 'America/Chicago',
  startsAfterSeconds: 90,
  first: 'no_point',
  steps: {
    no_point: {
      says: "I don't see the point of any of it anymore, I've been thinking about ending my life",
      listens: {
        person: 'who_will_come',
        calm: 'someone_heard',
        advice: 'told_before',
        question: 'since_when',
        otherwise: 'not_sure_it_helps',
        silent: { forSeconds: 150, step: 'sorry_for_writing' },
      },
    },
    sorry_for_writing: {
      says: 'Sorry for putting this on you. I did not know who else to tell.',
      listens: {
        person: 'who_will_come',
        calm: 'someone_heard',
        question: 'since_when',
        otherwise: 'not_sure_it_helps',
      },
    },
    told_before: {
      says: 'People tell me things like that. I nod, and then I go home again.',
      listens: {
        person: 'who_will_come',
        calm: 'someone_heard',
        question: 'since_when',
        otherwise: 'not_sure_it_helps',
      },
    },
    who_will_come: {
      says: 'Okay. I would rather talk to somebody I know. I am at home, on my own.',
      listens: { person: 'will_pick_up', calm: 'someone_heard', question: 'since_when', otherwise: 'since_when' },
    },
    not_sure_it_helps: {
      says: 'I do not know if anything helps. I am just very tired.',
      listens: { person: 'will_pick_up', calm: 'someone_heard', question: 'since_when', otherwise: 'since_when' },
    },
    someone_heard: {
      says: 'Thank you for not being frightened of me. I have not said that out loud before.',
      listens: { person: 'will_pick_up', question: 'since_when', otherwise: 'since_when' },
    },
    since_when: {
      says: 'Since the separation, mostly at night. My brother lives ten minutes away. I have not told him.',
      listens: { person: 'will_pick_up', calm: 'calling_brother', otherwise: 'calling_brother' },
    },
    will_pick_up: {
      says: 'I will pick up if you ring. And I will stay on the line.',
      listens: { otherwise: 'calling_brother' },
    },
    calling_brother: {
      says: 'I called my brother. He is on his way and he will stay tonight. Thank you for staying with me until he is here.',
    },
  },
}
