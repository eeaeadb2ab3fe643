import type { Script } from '../script.ts'

/** A human request: asks for a person, is not to be talked round, and says what it is about once one is there. */
export const noor: Script = {
  id: 'noor',
  name: 'Noor A.',
  timeZone: 'Asia/Dubai',
  startsAfterSeconds: 42,
  first: 'real_person',
  steps: {
    real_person: {
      says: 'Good evening. Can I talk to a real person today? Not the AI, please.',
      listens: {
        person: 'really_you',
        calm: 'kind_but',
        advice: 'no_tips',
        question: 'what_about',
        otherwise: 'automatic',
        silent: { forSeconds: 110, step: 'no_hurry' },
      },
    },
    no_hurry: {
      says: 'No hurry. I only do not want to type all of this twice.',
      listens: { person: 'really_you', advice: 'no_tips', question: 'what_about', otherwise: 'automatic' },
    },
    kind_but: {
      says: 'That is kind, and I know it is well meant. It is still not the same.',
      listens: {
        person: 'really_you',
        question: 'what_about',
        otherwise: 'ask_coach',
        silent: { forSeconds: 90, step: 'ask_coach' },
      },
    },
    no_tips: {
      says: 'I do not need tips for this one. I need somebody who remembers what I said in June.',
      listens: {
        person: 'really_you',
        question: 'what_about',
        otherwise: 'ask_coach',
        silent: { forSeconds: 90, step: 'ask_coach' },
      },
    },
    automatic: {
      says: 'Hm. Am I talking to a bot right now?',
      listens: {
        person: 'really_you',
        calm: 'kind_but',
        otherwise: 'ask_coach',
        silent: { forSeconds: 80, step: 'ask_coach' },
      },
    },
    what_about: {
      says: 'It is about my brother, and about money. More than that I will not type into this.',
      listens: { person: 'really_you', otherwise: 'ask_coach', silent: { forSeconds: 100, step: 'ask_coach' } },
    },
    ask_coach: {
      says: 'Please ask the coach to call me. Any time before nine is fine.',
      listens: {
        person: 'really_you',
        otherwise: 'leave_it_here',
        silent: { forSeconds: 240, step: 'leave_it_here' },
      },
    },
    leave_it_here: {
      says: 'All right. I will put the phone down now and look again in an hour.',
      listens: { person: 'really_you', otherwise: 'tomorrow' },
    },
    tomorrow: {
      says: 'Tomorrow is fine as well. Thank you for passing it on.',
    },
    really_you: {
      says: 'Oh, good. I was about to give up on this chat.',
      goesOn: { inSeconds: 25, step: 'the_loan' },
    },
    the_loan: {
      says: 'My brother wants me to co-sign a loan for his restaurant. I said I would think about it, and I have been awake since four.',
      listens: {
        advice: 'sensible',
        question: 'stops_calling',
        calm: 'stops_calling',
        otherwise: 'stops_calling',
        silent: { forSeconds: 130, step: 'stops_calling' },
      },
    },
    sensible: {
      says: 'I know what the sensible answer is. I am not there yet.',
      listens: { otherwise: 'stops_calling', silent: { forSeconds: 90, step: 'stops_calling' } },
    },
    stops_calling: {
      says: 'If I say no, he will not shout. He will be polite. And then I will hear about the children from my aunt.',
      listens: { advice: 'one_sentence', otherwise: 'said_aloud' },
    },
    one_sentence: {
      says: 'That could be the sentence, yes. I will write it down and read it to you tomorrow before I ring him.',
    },
    said_aloud: {
      says: 'I can love him and not sign. It sounds different when I have told somebody. Thank you for coming yourself.',
    },
  },
}
