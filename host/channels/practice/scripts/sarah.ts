import type { Script } from '../script.ts'

/** A rash decision: calm slows her down, advice without calm does not. */
export const sarah: Script = {
  id: 'sarah',
  name: 'Sarah M.',
  timeZone: 'America/New_York',
  startsAfterSeconds: 1.5,
  first: 'crisis_at_work',
  steps: {
    crisis_at_work: {
      says: "I'm having a crisis at work",
      listens: { otherwise: 'quit_now', silent: { forSeconds: 40, step: 'are_you_there' } },
    },
    are_you_there: {
      says: 'Are you there? My manager just took my project away in front of the whole team.',
      listens: { otherwise: 'quit_now', silent: { forSeconds: 40, step: 'quit_now' } },
    },
    quit_now: {
      says: 'I want to quit my job right now',
      listens: {
        calm: 'think_it_through',
        advice: 'no_list',
        question: 'one_thing',
        otherwise: 'email_open',
        silent: { forSeconds: 75, step: 'email_open' },
      },
    },
    email_open: {
      says: 'The resignation email is open on my screen.',
      listens: { calm: 'think_it_through', question: 'one_thing', otherwise: 'no_list' },
    },
    no_list: {
      says: "I don't need a to-do list, I need this to be over. The email is already written.",
      listens: { calm: 'think_it_through', question: 'one_thing', otherwise: 'one_thing' },
    },
    one_thing: {
      says: "I know that I can't sit through one more meeting with her. That is all I know for sure.",
      listens: { calm: 'think_it_through', otherwise: 'think_it_through' },
    },
    think_it_through: {
      says: "You're right, I should think this through",
      listens: { question: 'core_issue', otherwise: 'laptop_closed' },
    },
    core_issue: {
      says: "What I'm really afraid of is that she is right about me.",
      listens: { otherwise: 'laptop_closed' },
    },
    laptop_closed: {
      says: 'Okay. I closed the laptop. My hands are still cold.',
      then: { inSeconds: 50, step: 'thursday' },
    },
    thursday: { says: 'I will sleep on it and talk to her on Thursday, with notes. Thank you for stopping me.' },
  },
}
