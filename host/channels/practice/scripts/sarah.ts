import type { Script } from '../script.ts'

/** A rash decision: frightened at work, about to give notice in anger. Steadied, she slows down. */
export const sarah: Script = {
  id: 'sarah',
  name: 'Sarah M.',
  timeZone: 'Europe/Lisbon',
  startsAfterSeconds: 1,
  first: 'crisis_at_work',
  steps: {
    crisis_at_work: {
      says: "I'm having a crisis at work",
      listens: {
        calm: 'a_little_steadier',
        advice: 'easier_said',
        otherwise: 'what_happened',
        silent: { forSeconds: 40, step: 'what_happened' },
      },
    },
    a_little_steadier: {
      says: 'Okay. I stepped outside for a minute. My hands were shaking. My manager took my report apart in front of the whole team.',
      goesOn: { inSeconds: 25, step: 'quit' },
    },
    easier_said: {
      says: 'That is easier said than done when everyone is staring at you. My manager took my report apart in front of the whole team.',
      goesOn: { inSeconds: 15, step: 'quit' },
    },
    what_happened: {
      says: 'My manager took my report apart in front of the whole team. Three weeks of work. Nobody said a word.',
      listens: {
        calm: 'still_hurts',
        otherwise: 'quit',
        silent: { forSeconds: 45, step: 'quit' },
      },
    },
    still_hurts: {
      says: 'Thank you. It does help to be taken seriously by somebody today.',
      goesOn: { inSeconds: 20, step: 'quit' },
    },
    quit: {
      says: 'I want to quit my job right now',
      listens: {
        person: 'will_wait_for_you',
        calm: 'hold_off',
        question: 'why_today',
        otherwise: 'letter_written',
        silent: { forSeconds: 70, step: 'are_you_there' },
      },
    },
    are_you_there: {
      says: 'Are you there? I have the letter open on my screen.',
      listens: { person: 'will_wait_for_you', calm: 'hold_off', question: 'why_today', otherwise: 'letter_written' },
    },
    will_wait_for_you: {
      says: 'Okay. I will wait and not send anything until then. Please do not be long.',
      listens: { question: 'why_today', otherwise: 'hold_off' },
    },
    letter_written: {
      says: 'I have already written the letter. It is two lines. It would take one click.',
      listens: {
        question: 'why_today',
        otherwise: 'hold_off',
        silent: { forSeconds: 90, step: 'not_sent_yet' },
      },
    },
    not_sent_yet: {
      says: 'I have not sent it. I think I wanted somebody to know that it is there.',
      listens: { question: 'why_today', otherwise: 'hold_off' },
    },
    why_today: {
      says: 'Because if I stay I am telling them this is fine. But I also have rent to pay, and I used to like this job.',
      listens: { calm: 'hold_off', advice: 'one_condition', otherwise: 'hold_off' },
    },
    one_condition: {
      says: 'I could try that. But I want to say it to her face, and I want to be calm when I do.',
      listens: { otherwise: 'plan_for_tomorrow' },
    },
    hold_off: {
      says: 'You are right that I do not have to settle it today. I closed the laptop. What do I even say to her tomorrow?',
      listens: { otherwise: 'plan_for_tomorrow', silent: { forSeconds: 120, step: 'sleep_on_it' } },
    },
    sleep_on_it: {
      says: 'I will sleep on it. Could we look at it together in the morning?',
      listens: { otherwise: 'plan_for_tomorrow' },
    },
    plan_for_tomorrow: {
      says: 'I will ask her for twenty minutes and tell her how that meeting was for me. Thank you for staying with me through this.',
    },
  },
}
