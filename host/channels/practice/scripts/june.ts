import type { Script } from '../script.ts'

/** Thinks while typing: bursts of fragments that only make sense together. */
export const june: Script = {
  id: 'june',
  name: 'June W.',
  timeZone: 'America/Los_Angeles',
  startsAfterSeconds: 9,
  first: 'so',
  steps: {
    so: { says: 'ok so', goesOn: { inSeconds: 3, step: 'thinking' } },
    thinking: { says: 'i was thinking about what we said', goesOn: { inSeconds: 4, step: 'about_no' } },
    about_no: { says: 'about saying no', goesOn: { inSeconds: 3, step: 'and_then' } },
    and_then: { says: 'and then my sister calls', goesOn: { inSeconds: 3, step: 'third_time' } },
    third_time: { says: 'third time this week!!', goesOn: { inSeconds: 5, step: 'said_yes' } },
    said_yes: {
      says: 'and i said yes. again',
      listens: {
        person: 'you_you',
        advice: 'tried_that',
        question: 'good_question',
        otherwise: 'guilty',
        silent: { forSeconds: 50, step: 'sorry_typing' },
      },
    },
    sorry_typing: {
      says: 'sorry for the wall of texts haha',
      listens: { advice: 'tried_that', otherwise: 'guilty', silent: { forSeconds: 60, step: 'guilty' } },
    },
    you_you: { says: 'wait is that you you', goesOn: { inSeconds: 3, step: 'hi' } },
    hi: { says: 'hi!! ok then i just say it', goesOn: { inSeconds: 6, step: 'guilty' } },
    good_question: { says: 'good question', goesOn: { inSeconds: 5, step: 'door' } },
    door: { says: 'no always sounds like slamming a door', goesOn: { inSeconds: 7, step: 'guilty' } },
    tried_that: { says: 'hm', goesOn: { inSeconds: 3, step: 'tried_once' } },
    tried_once: { says: 'i tried that once', goesOn: { inSeconds: 4, step: 'she_went_quiet' } },
    she_went_quiet: { says: 'she went quiet for a week', goesOn: { inSeconds: 8, step: 'guilty' } },
    guilty: { says: 'its the gilt', goesOn: { inSeconds: 4, step: 'guilt' } },
    guilt: { says: 'its the guilt', edits: 'guilty', goesOn: { inSeconds: 3, step: 'before_phone' } },
    before_phone: { says: 'it is there before i even pick up the phone', goesOn: { inSeconds: 5, step: 'weekend' } },
    weekend: {
      says: 'and now my saturday is gone. i wanted to paint',
      listens: {
        question: 'could_call_back',
        calm: 'breathing_out',
        advice: 'could_call_back',
        otherwise: 'could_call_back',
        silent: { forSeconds: 90, step: 'painting_anyway' },
      },
    },
    painting_anyway: {
      says: 'maybe i just paint on sunday',
      listens: { otherwise: 'could_call_back' },
    },
    breathing_out: { says: 'ok', goesOn: { inSeconds: 3, step: 'shoulders' } },
    shoulders: {
      says: 'just noticed my shoulders are up at my ears',
      goesOn: { inSeconds: 9, step: 'could_call_back' },
    },
    could_call_back: { says: 'i could call her back', goesOn: { inSeconds: 4, step: 'half_day' } },
    half_day: { says: 'and say until noon', goesOn: { inSeconds: 3, step: 'not_all_day' } },
    not_all_day: {
      says: 'noon and not all day. is that mean?',
      listens: { otherwise: 'calling_now' },
    },
    calling_now: { says: 'ok. calling now', goesOn: { inSeconds: 45, step: 'she_said_fine' } },
    she_said_fine: { says: 'she said "sure, fine". thats all!!', goesOn: { inSeconds: 5, step: 'all_that' } },
    all_that: { says: 'all that worry for "sure, fine" :)' },
  },
}
