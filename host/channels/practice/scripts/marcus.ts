import type { Script } from '../script.ts'

/** A breakthrough: he did something for the first time and half believes it. Sends a picture. */
export const marcus: Script = {
  id: 'marcus',
  name: 'Marcus T.',
  timeZone: 'Europe/London',
  startsAfterSeconds: 4,
  first: 'said_no',
  steps: {
    said_no: {
      says: 'I actually did it. I said no to the extra client, and the sky stayed where it was.',
      then: { inSeconds: 9, step: 'tracker' },
    },
    tracker: {
      says: 'Five weeks of evenings at home. Look at the tracker, it fills up!',
      sends: 'habit_picture',
      listens: {
        advice: 'in_the_calendar',
        question: 'what_changed',
        otherwise: 'felt_strange',
        silent: { forSeconds: 50, step: 'tell_someone' },
      },
    },
    tell_someone: {
      says: 'I had to tell someone who knows what it took.',
      listens: { advice: 'in_the_calendar', question: 'what_changed', otherwise: 'felt_strange' },
    },
    what_changed: {
      says: 'I think I stopped rehearsing their reaction. I just said it and waited.',
      then: { inSeconds: 18, step: 'daughter' },
    },
    in_the_calendar: {
      says: 'Good idea. It goes into the calendar before I talk myself out of it.',
      then: { inSeconds: 18, step: 'daughter' },
    },
    felt_strange: { says: 'It felt strange. Quiet, in a good way.', then: { inSeconds: 18, step: 'daughter' } },
    daughter: {
      says: 'My daughter noticed before I did. She asked whether I had lost my phone.',
      listens: { otherwise: 'next_one', silent: { forSeconds: 120, step: 'next_one' } },
    },
    next_one: { says: 'The next one is harder: my business partner. Can we prepare that on Tuesday?' },
  },
}
