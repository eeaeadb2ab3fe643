import type { Script } from '../script.ts'

/** A burst of fragments: thinks while typing, and means one thing by six messages. */
export const jo: Script = {
  id: 'jo',
  name: 'Jo',
  timeZone: 'Europe/Dublin',
  startsAfterSeconds: 7,
  first: 'ok_so',
  steps: {
    ok_so: { says: 'ok so', then: { inSeconds: 1.1, step: 'the_talk' } },
    the_talk: { says: 'the talk', then: { inSeconds: 1.3, step: 'friday' } },
    friday: { says: 'the one on friday', then: { inSeconds: 1.8, step: 'slides' } },
    slides: { says: 'i have slides. i have too many slides', then: { inSeconds: 1, step: 'forty_seven' } },
    forty_seven: { says: '47', then: { inSeconds: 1.4, step: 'what_to_cut' } },
    what_to_cut: {
      says: 'what do i cut',
      listens: {
        advice: 'history_goes',
        question: 'one_thing',
        otherwise: 'breathing',
        silent: { forSeconds: 40, step: 'hello' },
      },
    },
    hello: { says: 'hello?', listens: { advice: 'history_goes', question: 'one_thing', otherwise: 'breathing' } },
    one_thing: {
      says: 'hmm. if they remember one thing? that small teams can ship this. that is it really',
      then: { inSeconds: 2, step: 'wait' },
    },
    history_goes: {
      says: 'ok cutting the history part. everyone knows the history part',
      then: { inSeconds: 2, step: 'wait' },
    },
    breathing: { says: 'ok ok. breathing', then: { inSeconds: 2, step: 'wait' } },
    wait: { says: 'wait', then: { inSeconds: 1.7, step: 'budget' } },
    budget: {
      says: 'what if they ask about the budget',
      listens: { advice: 'one_slide', otherwise: 'know_the_number' },
    },
    one_slide: {
      says: 'good. one slide, at the back, only if asked',
      then: { inSeconds: 45, step: 'nineteen' },
    },
    know_the_number: {
      says: 'right. i know the number. i can just say the number',
      then: { inSeconds: 45, step: 'nineteen' },
    },
    nineteen: { says: 'down to 19 slides!!' },
  },
}
